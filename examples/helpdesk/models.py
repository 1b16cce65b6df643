"""Database models of the helpdesk."""

from django.db import models


class Ticket(models.Model):
    """A support request from a customer."""

    STATUS_CHOICES = [("open", "Open"), ("pending", "Pending"), ("closed", "Closed")]

    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=STATUS_CHOICES, default="open")
    customer_email = models.EmailField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "helpdesk"
        ordering = ["-created_at"]

    def __str__(self):
        return f"#{self.pk} {self.title}"


class Comment(models.Model):
    """An answer to a ticket."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="comments")
    author = models.CharField(max_length=100)
    text = models.TextField()

    class Meta:
        app_label = "helpdesk"
