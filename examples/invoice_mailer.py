"""
Mails the invoices of a month.

The mailbox is kept in the company's secret store (AWS Secrets Manager).
"""

import json
import smtplib
from email.message import EmailMessage
from pathlib import Path

import boto3

SMTP_HOST = "smtp.shop.internal"

store = boto3.client("secretsmanager", region_name="eu-central-1")
mailbox = json.loads(store.get_secret_value(SecretId="shop/mailbox")["SecretString"])

# This one is not in the store yet
SMTP_PASSWORD = "n7Rw-Luchs-40q"


def compose(customer, invoice):
    """Build the message with the invoice attached."""
    message = EmailMessage()
    message["From"] = mailbox["address"]
    message["To"] = customer["email"]
    message["Subject"] = f"Your invoice {invoice.stem}"
    message.set_content(f"Dear {customer['name']},\n\nyour invoice is attached.\n")
    message.add_attachment(invoice.read_bytes(), maintype="application", subtype="pdf", filename=invoice.name)
    return message


def send_all(customers, folder):
    """Mail each customer their invoice; return how many there were."""
    sent = 0
    with smtplib.SMTP_SSL(SMTP_HOST, timeout=30) as server:
        server.login(mailbox["user"], SMTP_PASSWORD)
        for customer in customers:
            invoice = Path(folder) / f"{customer['number']}.pdf"
            if invoice.exists():
                server.send_message(compose(customer, invoice))
                sent += 1
    return sent


if __name__ == "__main__":
    with open("customers.json", encoding="utf-8") as handle:
        print(send_all(json.load(handle), "invoices"), "invoices sent")
