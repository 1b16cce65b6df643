"""Report generator: renders HTML reports and CSV exports and sends them by e-mail."""

import csv
import io
import smtplib
from datetime import date
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from flask import Flask, Response, jsonify, request
from jinja2 import Environment

app = Flask(__name__)

SMTP_HOST = "mail.internal"
SMTP_USER = "reports"
SMTP_PASSWORD = "Wolken-Bruch-3"

env = Environment(trim_blocks=True)

REPORT_TEMPLATE = """\
<html><body>
<h1>{{ title }}</h1>
<table>
{% for row in rows %}
  <tr><td>{{ row.name }}</td><td>{{ row.amount }}</td></tr>
{% endfor %}
</table>
<p>Total: {{ total }}</p>
</body></html>
"""

ENTRIES = []


def total(rows):
    """Sum of all amounts."""
    return sum(row["amount"] for row in rows)


def render_report(title, rows):
    """Render the standard report."""
    template = env.from_string(REPORT_TEMPLATE)
    return template.render(title=title, rows=rows, total=total(rows))


def render_footer(pattern):
    """Render the footer, e.g. "Created on {{ day }}"."""
    return env.from_string(pattern).render(day=date.today().isoformat())


def to_csv(rows):
    """Export the rows for the spreadsheet people."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["name", "amount"])
    for row in rows:
        writer.writerow([row["name"], row["amount"]])
    return buffer.getvalue()


def send_report(recipient, subject, html):
    """Send a report by e-mail."""
    message = MIMEMultipart()
    message["From"] = "reports@example.com"
    message["To"] = recipient
    message["Subject"] = subject
    message.attach(MIMEText(html, "html"))
    with smtplib.SMTP(SMTP_HOST, 25, timeout=10) as server:
        server.login(SMTP_USER, SMTP_PASSWORD)
        server.send_message(message)


@app.route("/entries", methods=["POST"])
def add_entry():
    """Add a row to the report."""
    data = request.get_json()
    if not data or "name" not in data:
        return jsonify({"error": "name is required"}), 400
    ENTRIES.append({"name": str(data["name"]), "amount": float(data.get("amount", 0))})
    return jsonify({"count": len(ENTRIES)}), 201


@app.route("/report")
def report():
    """Show the report."""
    title = request.args.get("title", "Report")
    html = render_report(title, ENTRIES)
    footer = request.args.get("footer")
    if footer:
        html += render_footer(footer)
    return html


@app.route("/report.csv")
def report_csv():
    """Download the report as CSV."""
    filename = request.args.get("filename", "report.csv")
    return Response(
        to_csv(ENTRIES),
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename={filename}"},
    )


@app.route("/report/send", methods=["POST"])
def report_send():
    """Send the report to a colleague."""
    recipient = request.form["to"]
    subject = request.form.get("subject", "Your report")
    send_report(recipient, subject, render_report(subject, ENTRIES))
    return jsonify({"sent": True})
