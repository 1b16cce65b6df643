#!/usr/bin/env python3
"""
Nightly export of orders from MySQL.

Reads yesterday's orders, writes them to a CSV file, compresses it and
uploads it to the partner's FTP server.
"""

import argparse
import csv
import ftplib
import logging
import os
import sys
import tempfile
from datetime import date, timedelta

import pymysql

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
log = logging.getLogger("nightly_export")

DB_CONFIG = {
    "host": "orders-db.internal",
    "user": "etl",
    "password": "Sommer-Regen-42!",
    "database": "orders",
}

FTP_HOST = "ftp.partner.example.com"
FTP_USER = "export"
FTP_PASSWORD = "ftp_Kranich77"

COLUMNS = ["id", "customer", "amount", "created"]


def get_connection():
    """Open a connection to the order database."""
    return pymysql.connect(**DB_CONFIG)


def extract(connection, day, region=None):
    """Return all orders of one day, optionally limited to a region."""
    sql = "SELECT id, customer, amount, created FROM orders WHERE created = '%s'" % day
    if region:
        sql += " AND region = '%s'" % region
    sql += " ORDER BY id"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def transform(rows):
    """Round the amounts and skip orders without a customer."""
    result = []
    for row in rows:
        record = dict(zip(COLUMNS, row))
        if not record["customer"]:
            log.warning("Order %s has no customer, skipping", record["id"])
            continue
        record["amount"] = round(float(record["amount"]), 2)
        result.append(record)
    return result


def load_to_csv(records):
    """Write the records to a temporary CSV file and return its path."""
    path = tempfile.mktemp(suffix=".csv", prefix="orders_")
    with open(path, "w", newline="") as f:
        writer = csv.DictWriter(f, fieldnames=COLUMNS)
        writer.writeheader()
        writer.writerows(records)
    return path


def compress(path):
    """Compress a file with gzip and return the new path."""
    exit_code = os.system("gzip -f " + path)
    if exit_code != 0:
        raise RuntimeError(f"gzip failed with exit code {exit_code}")
    return path + ".gz"


def upload(path, remote_name):
    """Upload a file to the partner's FTP server."""
    ftp = ftplib.FTP(FTP_HOST, timeout=30)
    ftp.login(FTP_USER, FTP_PASSWORD)
    try:
        ftp.cwd("incoming")
        with open(path, "rb") as f:
            ftp.storbinary(f"STOR {remote_name}", f)
    finally:
        ftp.quit()


def mark_exported(connection, ids):
    """Remember which orders have been exported."""
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE orders SET exported = 1 WHERE id = %s", [(i,) for i in ids])
    connection.commit()


def run(day, region=None):
    """Run the whole export and return the number of exported orders."""
    connection = get_connection()
    try:
        records = transform(extract(connection, day, region))
        if not records:
            log.info("No orders for %s", day)
            return 0
        archive = compress(load_to_csv(records))
        upload(archive, f"orders-{day}.csv.gz")
        mark_exported(connection, [record["id"] for record in records])
        os.remove(archive)
        log.info("Exported %d orders", len(records))
        return len(records)
    finally:
        connection.close()


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--day", default=str(date.today() - timedelta(days=1)))
    parser.add_argument("--region")
    args = parser.parse_args(argv)
    run(args.day, args.region)
    return 0


if __name__ == "__main__":
    sys.exit(main())
