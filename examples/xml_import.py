"""Import of supplier catalogs: XML files, alone or packed in a ZIP archive."""

import logging
import os
import xml.etree.ElementTree as ET
import zipfile
from xml.dom import minidom

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
logger = logging.getLogger(__name__)

CATALOG = "catalog.xml"
INBOX = "inbox"


def parse_catalog(data):
    """Parse catalog XML into a list of products."""
    root = ET.fromstring(data)
    products = []
    for item in root.iter("item"):
        price = item.findtext("price", "0")
        products.append({"sku": item.get("sku"), "name": item.findtext("name", ""), "price": float(price)})
    return products


def pretty(data):
    """Re-indent an XML document for the log."""
    return minidom.parseString(data).toprettyxml(indent="  ")


def save_catalog(products):
    """Write the merged catalog to disk."""
    root = ET.Element("catalog")
    for product in products:
        item = ET.SubElement(root, "item", sku=product["sku"])
        ET.SubElement(item, "name").text = product["name"]
        ET.SubElement(item, "price").text = f"{product['price']:.2f}"
    ET.ElementTree(root).write(CATALOG, encoding="utf-8", xml_declaration=True)


def unpack(upload):
    """Unpack an uploaded archive into the inbox and return the XML files in it."""
    os.makedirs(INBOX, exist_ok=True)
    with zipfile.ZipFile(upload) as archive:
        for name in archive.namelist():
            with open(os.path.join(INBOX, name), "wb") as target:
                target.write(archive.read(name))
        return [os.path.join(INBOX, name) for name in archive.namelist() if name.endswith(".xml")]


@app.route("/catalog", methods=["POST"])
def upload_catalog():
    """Receive one XML document as the request body."""
    data = request.get_data()
    try:
        products = parse_catalog(data)
    except ET.ParseError as e:
        return jsonify({"error": f"Invalid XML: {e}"}), 400
    logger.debug("Received catalog:\n%s", pretty(data))
    save_catalog(products)
    return jsonify({"imported": len(products)})


@app.route("/catalog/archive", methods=["POST"])
def upload_archive():
    """Receive a ZIP archive with several catalogs."""
    products = []
    for path in unpack(request.files["archive"]):
        with open(path, "rb") as f:
            products.extend(parse_catalog(f.read()))
    save_catalog(products)
    return jsonify({"imported": len(products)})


@app.route("/catalog/item")
def find_item():
    """Look up one product in the saved catalog."""
    sku = request.args.get("sku", "")
    tree = ET.parse(CATALOG)
    item = tree.find(f".//item[@sku='{sku}']")
    if item is None:
        abort(404)
    return jsonify({"sku": sku, "name": item.findtext("name"), "price": item.findtext("price")})


@app.route("/catalog/label")
def item_label():
    """Build the XML that the label printer understands."""
    name = request.args.get("name", "")
    copies = request.args.get("copies", "1")
    label = f"<label><name>{name}</name><copies>{int(copies)}</copies></label>"
    return app.response_class(label, mimetype="application/xml")
