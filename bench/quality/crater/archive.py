"""A pinned archive, brought by pip and checked, as a folder of files.

pip asks the build backend of a source archive for its metadata, so code of the project runs once when it is brought.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from bench.quality.crater.snapshot import Project


class Missing(Exception):
    """An archive that could not be had, or is not the one that was pinned."""


def unpacked(project: Project, cache: Path) -> Path:
    """The folder with the project's files; brings and unpacks the archive when it is not there yet."""
    archive = cache / project.archive
    if not archive.is_file():
        bring(project, cache)
    checked(project, archive)
    folder = cache / f"{project.name}-{project.sha256[:12]}"
    if not folder.is_dir():
        partial = cache / f"{folder.name}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        unpack(archive, partial)
        partial.rename(folder)
    inside = list(folder.iterdir())
    return inside[0] if project.archive.endswith(".tar.gz") and len(inside) == 1 else folder


def bring(project: Project, cache: Path) -> None:
    """Let pip put the archive into the cache, from whatever index it is set up for."""
    cache.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(cache)]
    command += [*chosen(project.archive), f"{project.name}=={project.version}"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise Missing(f"{project.name}: pip could not bring {project.archive}: {run.stderr.strip()[-400:]}")
    if not (cache / project.archive).is_file():
        raise Missing(f"{project.name}: pip brought something else than {project.archive}")


def chosen(archive: str) -> list[str]:
    """The options that make pip take this archive and no other, whatever machine it runs on."""
    if not archive.endswith(".whl"):
        return ["--no-binary", ":all:"]
    python, abi, platforms = archive.removesuffix(".whl").split("-")[-3:]
    options = ["--only-binary", ":all:", "--ignore-requires-python"]
    if platforms == "any":
        return options
    options += ["--implementation", "cp", "--python-version", python.removeprefix("cp"), "--abi", abi]
    return options + [part for platform in platforms.split(".") for part in ("--platform", platform)]


def checked(project: Project, archive: Path) -> None:
    """Raise Missing unless the archive is the pinned one."""
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != project.sha256:
        raise Missing(f"{project.name}: {archive.name} has the hash {digest}, and not the one that is pinned")


def unpack(archive: Path, folder: Path) -> None:
    """All files of a wheel or a source archive."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(folder)
        return
    with tarfile.open(archive) as source:
        source.extractall(folder, filter="data")
