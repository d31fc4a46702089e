"""The demo accounts: one person of each kind, with one password printed once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings

from assessment.models import ConsultantGrant, Jurisdiction, Membership, Organisation, User
from questionnaires.models import Region

DOMAIN = "demo.example"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that read like another


@dataclass(frozen=True)
class Cast:
    owner: User
    colleague: User
    consultant: User
    officer: User
    operator: User


# Account, name, what the person is, in the order they are listed.
PEOPLE = (
    ("owner", "陈海（演示）", "企业负责人", "enterprise owner"),
    ("colleague", "林梅（演示）", "企业同事", "colleague at the enterprise"),
    ("consultant", "顾问（演示）", "顾问", "consultant"),
    ("officer", "沈局（演示）", "省级主管人员", "officer of the province"),
    ("operator", "运维（演示）", "运维人员", "operator"),
)


def new_password() -> str:
    """Four groups of four: easy to type from a terminal, hard to guess."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def create(password: str) -> Cast:
    """Create the five accounts with confirmed addresses."""
    return Cast(**{role: _person(role, name, password) for role, name, *_ in PEOPLE})


def employ(cast: Cast, organisation: Organisation, province: Region) -> None:
    """Give everybody their role around the demo enterprise and the province."""
    owner, editor = Membership.Role.OWNER, Membership.Role.EDITOR
    Membership.objects.create(user=cast.owner, organisation=organisation, role=owner)
    Membership.objects.create(user=cast.colleague, organisation=organisation, role=editor)
    ConsultantGrant.objects.create(
        organisation=organisation, consultant=cast.consultant, granted_by=cast.owner
    )
    Jurisdiction.objects.create(officer=cast.officer, region=province)


def accounts_file() -> Path:
    return Path(settings.VAR_DIR) / "demo-accounts.txt"


def write_accounts(password: str) -> str:
    """Keep the accounts in a file only the owner of the process reads; returns its text."""
    lines = ["演示账号 / demo accounts", f"密码 / password: {password}", ""]
    lines += [f"{_address(role):28} {zh} / {en}" for role, _, zh, en in PEOPLE]
    text = "\n".join(lines) + "\n"
    path = accounts_file()
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
    return text


def _address(role: str) -> str:
    return f"{role}@{DOMAIN}"


def _person(role: str, name: str, password: str) -> User:
    fields = {"name": name, "synthetic": True}
    if role == "operator":
        fields |= {"is_staff": True, "is_superuser": True}
    user = User.objects.create_user(_address(role), password, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
