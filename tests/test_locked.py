"""What the image is made of: every dependency, at one version, with the hashes of what was seen when it was chosen."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = {
    "requirements.lock": PROJECT["dependencies"],
    "requirements-extras.lock": [*PROJECT["dependencies"], *EXTRAS["semantic"], *EXTRAS["tracing"]],
}


def entries(lock: str) -> list[str]:
    """Every package of a lock with its hashes, on one line."""
    return (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()


def locked(lock: str) -> dict[str, Requirement]:
    found = (Requirement(entry.partition("--hash")[0].strip()) for entry in entries(lock))
    return {canonicalize_name(each.name): each for each in found}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_locked_at_a_version_that_the_project_permits(lock):
    versions = locked(lock)
    for wanted in map(Requirement, LOCKS[lock]):
        (pin,) = versions[canonicalize_name(wanted.name)].specifier
        assert pin.operator == "=="
        assert wanted.specifier.contains(pin.version), f"{wanted}: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_nothing_is_taken_that_is_not_known_by_its_hash(lock):
    assert entries(lock)
    for entry in entries(lock):
        assert re.fullmatch(r"[\w.-]+==\S+( ; [^#]+?)?( +--hash=sha256:[0-9a-f]{64})+", entry), entry[:80]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_where_packages_come_from(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index" not in text


def test_the_image_is_made_of_what_is_locked():
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert '--require-hashes --no-deps --requirement "requirements${EXTRAS}.lock"' in text
    installs = re.findall(r"pip install (?:.|\\\n)*?(?=\n(?:COPY|RUN|FROM)| &&|\n\n)", text)
    assert len(installs) == 2
    assert all("--require-hashes" in each or "--no-deps --no-build-isolation ." in each for each in installs)
    assert "setuptools" in locked("requirements.lock"), "it builds the bot in the image"
    for extra in EXTRAS.keys() - {"test", "check"}:
        assert extra in text, f"requirements-extras.lock brings [{extra}] as well"


def test_the_licence_is_the_one_that_the_project_names():
    assert PROJECT["license"] == "MIT"
    (file,) = PROJECT["license-files"]
    assert (ROOT / file).read_text(encoding="utf-8").startswith("MIT License")
