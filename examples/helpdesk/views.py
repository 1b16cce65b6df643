"""Views for the helpdesk application."""

import json
import logging
import os

from django.conf import settings
from django.db import connection
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from helpdesk.models import Comment, Ticket

logger = logging.getLogger(__name__)


@require_GET
def ticket_list(request):
    """Return all tickets with the given status."""
    status = request.GET.get("status", "open")
    tickets = Ticket.objects.filter(status=status)
    return JsonResponse({"tickets": [{"id": t.pk, "title": t.title} for t in tickets]})


@require_GET
def ticket_search(request):
    """Search tickets by title, for the autocomplete box."""
    query = request.GET.get("q", "")
    logger.info("Ticket search for %s" % query)
    tickets = Ticket.objects.raw(f"SELECT * FROM helpdesk_ticket WHERE title LIKE '%%{query}%%'")
    return JsonResponse({"results": [t.title for t in tickets]})


@require_GET
def ticket_report(request):
    """Count tickets per status for one customer."""
    email = request.GET.get("email", "")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status, COUNT(*) FROM helpdesk_ticket WHERE customer_email = '" + email + "' GROUP BY status"
        )
        rows = cursor.fetchall()
    return JsonResponse({status: count for status, count in rows})


@require_GET
def ticket_detail(request, pk):
    """Render one ticket with its comments."""
    ticket = get_object_or_404(Ticket, pk=pk)
    parts = [format_html("<h1>{}</h1>", ticket.title)]
    for comment in ticket.comments.all():
        parts.append(mark_safe(f"<p><b>{comment.author}</b>: {comment.text}</p>"))
    return HttpResponse("\n".join(parts))


@csrf_exempt
@require_POST
def ticket_create(request):
    """Create a ticket from a JSON body."""
    try:
        data = json.loads(request.body)
    except json.JSONDecodeError:
        return JsonResponse({"error": "Invalid JSON"}, status=400)
    if not data.get("title") or not data.get("email"):
        return JsonResponse({"error": "title and email are required"}, status=400)
    ticket = Ticket.objects.create(
        title=data["title"],
        description=data.get("description", ""),
        customer_email=data["email"],
    )
    return JsonResponse({"id": ticket.pk}, status=201)


@require_POST
def comment_add(request, pk):
    """Add a comment and go back to the page the user came from."""
    ticket = get_object_or_404(Ticket, pk=pk)
    text = request.POST.get("text", "").strip()
    if text:
        Comment.objects.create(ticket=ticket, author=request.POST.get("author", "anonymous"), text=text)
    return redirect(request.POST.get("next", "/tickets/"))


@require_GET
def greeting(request):
    """Show the banner that is embedded on the customer's start page."""
    name = request.GET.get("name", "guest")
    response = HttpResponse(f"<div class='banner'>Welcome back, {name}!</div>")
    response.set_cookie("last_name", "seen", max_age=3600, secure=True, httponly=True, samesite="Lax")
    return response


@require_GET
def attachment(request):
    """Download an attachment of a ticket."""
    name = request.GET.get("name", "")
    path = os.path.join(settings.MEDIA_ROOT, "attachments", name)
    if not os.path.isfile(path):
        raise Http404("No such attachment")
    return FileResponse(open(path, "rb"), as_attachment=True)
