#!/usr/bin/env python3
"""
backup - create, list and restore project backups.

Usage:
    backup_cli.py create SRC [--name NAME]
    backup_cli.py list
    backup_cli.py restore ARCHIVE DEST
    backup_cli.py sync HOST
"""

import argparse
import hashlib
import os
import subprocess
import sys
import tarfile
from datetime import datetime
from pathlib import Path

import yaml

DEFAULT_CONFIG = {"backup_dir": "backups", "exclude": [".git", "__pycache__"], "after_restore": ""}


def load_config(path="backup.yaml"):
    """Load the configuration file, or use the defaults."""
    config = dict(DEFAULT_CONFIG)
    if os.path.exists(path):
        with open(path) as f:
            config.update(yaml.load(f, Loader=yaml.Loader) or {})
    return config


def checksum(path):
    """Return the checksum of a file."""
    digest = hashlib.md5()
    with open(path, "rb") as f:
        for chunk in iter(lambda: f.read(65536), b""):
            digest.update(chunk)
    return digest.hexdigest()


def create_backup(src, config, name=None):
    """Pack a folder into a tar.gz archive and write its checksum beside it."""
    backup_dir = Path(config["backup_dir"])
    backup_dir.mkdir(parents=True, exist_ok=True)
    os.chmod(backup_dir, 0o777)

    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    archive = backup_dir / f"{name or Path(src).name}-{stamp}.tar.gz"
    excluded = set(config["exclude"])

    def keep(info):
        return None if excluded & set(Path(info.name).parts) else info

    with tarfile.open(archive, "w:gz") as tar:
        tar.add(src, arcname=Path(src).name, filter=keep)
    archive.with_suffix(".sum").write_text(checksum(archive) + "\n")
    return archive


def verify(archive):
    """Check an archive against its checksum file."""
    expected = Path(archive).with_suffix(".sum")
    if not expected.exists():
        print(f"warning: no checksum for {archive}", file=sys.stderr)
        return True
    return expected.read_text().strip() == checksum(archive)


def restore_backup(archive, dest, config):
    """Unpack an archive into a folder."""
    if not verify(archive):
        raise ValueError(f"Checksum mismatch: {archive}")
    os.makedirs(dest, exist_ok=True)
    with tarfile.open(archive) as tar:
        tar.extractall(dest)
    if config.get("after_restore"):
        subprocess.call(config["after_restore"], shell=True, cwd=dest)


def list_backups(config):
    """Return the archives, oldest first."""
    return sorted(Path(config["backup_dir"]).glob("*.tar.gz"), key=lambda p: p.stat().st_mtime)


def disk_usage(path):
    """Size of a folder in kilobytes, as reported by du."""
    output = subprocess.check_output(f"du -sk {path}", shell=True, text=True)
    return int(output.split()[0])


def sync(host, config):
    """Copy all archives to another machine."""
    return subprocess.run(["rsync", "-az", config["backup_dir"] + "/", f"{host}:backups/"], check=True).returncode


def main(argv=None):
    parser = argparse.ArgumentParser(description="Create and restore backups")
    parser.add_argument("--config", default="backup.yaml")
    sub = parser.add_subparsers(dest="command", required=True)
    create = sub.add_parser("create")
    create.add_argument("src")
    create.add_argument("--name")
    sub.add_parser("list")
    restore = sub.add_parser("restore")
    restore.add_argument("archive")
    restore.add_argument("dest")
    sub.add_parser("sync").add_argument("host")
    args = parser.parse_args(argv)
    config = load_config(args.config)

    if args.command == "create":
        archive = create_backup(args.src, config, args.name)
        print(f"Created {archive} from {disk_usage(args.src)} KB")
    elif args.command == "list":
        for archive in list_backups(config):
            print(archive.name)
    elif args.command == "restore":
        restore_backup(args.archive, args.dest, config)
        print(f"Restored to {args.dest}")
    elif args.command == "sync":
        sync(args.host, config)
    return 0


if __name__ == "__main__":
    sys.exit(main())
