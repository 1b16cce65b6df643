"""URL routes of the helpdesk."""

from django.urls import path

from helpdesk import views

urlpatterns = [
    path("tickets/", views.ticket_list, name="ticket-list"),
    path("tickets/search/", views.ticket_search, name="ticket-search"),
    path("tickets/report/", views.ticket_report, name="ticket-report"),
    path("tickets/create/", views.ticket_create, name="ticket-create"),
    path("tickets/<int:pk>/", views.ticket_detail, name="ticket-detail"),
    path("tickets/<int:pk>/comments/", views.comment_add, name="comment-add"),
    path("greeting/", views.greeting, name="greeting"),
    path("attachments/", views.attachment, name="attachment"),
]
