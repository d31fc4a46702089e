"""The fixed cast and the services tests may use.

Cast: ``enterprise`` owns 海宁精密; ``colleague`` edits and ``viewer`` reads it; ``consultant`` was
granted access; ``officer`` answers for Zhejiang; ``outsider`` owns another enterprise in another
province; ``operator`` runs the site.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import socket
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import override_settings
from django.utils import timezone, translation

IN_CI = os.environ.get("CI", "").lower() == "true"
SHARED = Path(__file__).resolve().parents[2] / "shared"
POSTGRES_URL = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PASSWORD = "a long and quiet river"


def pytest_addoption(parser):
    parser.addoption(
        "--database-only",
        action="store_true",
        help="run only the tests that use the database: the others give the same on any",
    )


def pytest_collection_modifyitems(config, items):
    if config.getoption("--database-only"):
        left_out = [item for item in items if not uses_database(item)]
        items[:] = [item for item in items if uses_database(item)]
        config.hook.pytest_deselected(items=left_out)


def uses_database(item) -> bool:
    marked = item.get_closest_marker("django_db") is not None
    return marked or "django_db_setup" in item.fixturenames


def unavailable(what: str) -> None:
    """Skip, or fail in CI, where every service is expected."""
    if IN_CI:
        pytest.fail(f"{what} is not available")
    pytest.skip(f"{what} is not available")


def reachable(url: str) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname, parts.port), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="session")
def postgres_url() -> str:
    if not reachable(POSTGRES_URL):
        unavailable("PostgreSQL")
    return POSTGRES_URL


@pytest.fixture(scope="session")
def redis_url() -> str:
    if not reachable(REDIS_URL):
        unavailable("Redis")
    return REDIS_URL


@pytest.fixture(scope="session")
def chromium() -> str:
    if not Path(CHROMIUM).exists():
        unavailable("Chromium")
    return CHROMIUM


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the reference material is not part of the repository")
    return SHARED


@pytest.fixture(scope="session", autouse=True)
def test_settings(tmp_path_factory):
    """Fast hashing, plain static files, tasks at once, files in a temporary folder."""
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    storages = dict(django_settings.STORAGES)
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES=storages,
        TASK_RUNNER="inline",
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        ALLOWED_HOSTS=["*"],
        HTTPS=False,
        SECURE_SSL_REDIRECT=False,
    ):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory, django_db_modify_db_settings_parallel_suffix):
    """SQLite's test database stands in a file, one a process.

    A live server answers each request in a thread of its own, and threads would share one
    connection to a database in memory, and each other's transactions with it.
    """
    from django.db import connection

    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)
        connection.settings_dict["OPTIONS"]["init_command"] = "PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session")
def kept_for_a_module(django_db_setup, django_db_blocker):
    """``with kept_for_a_module():`` in a fixture of a module: what is written there is its tests'.

    They see it as if each had written it, and it is rolled back after the last.
    """
    from django.db import transaction

    @contextmanager
    def keep():
        with django_db_blocker.unblock(), transaction.atomic():
            yield
            transaction.set_rollback(True)

    return keep


@pytest.fixture(autouse=True)
def empty_cache():
    """Everybody here comes from one address: the rate limits of earlier tests are forgotten."""
    cache.clear()


@pytest.fixture(autouse=True)
def in_english():
    """Assertions read English; pages are asked for in Chinese where that is the point."""
    with translation.override("en"):
        yield


@pytest.fixture
def regions(db):
    """``CN`` → Zhejiang (Hangzhou, Jiaxing) and Guangdong (Shenzhen), by code."""
    from questionnaires.models import Region

    def add(parent, code, zh, en, level):
        fields = {"code": code, "name": {"zh": zh, "en": en}, "level": level}
        region = Region(**fields)
        if parent:
            return Region.objects.add_child(parent, instance=region)
        return Region.objects.add_root(instance=region)

    nation = add(None, "CN", "全国", "China", "nation")
    zhejiang = add(nation, "330000", "浙江省", "Zhejiang", "province")
    guangdong = add(Region.objects.get(code="CN"), "440000", "广东省", "Guangdong", "province")
    add(zhejiang, "330100", "杭州市", "Hangzhou", "city")
    add(Region.objects.get(code="330000"), "330400", "嘉兴市", "Jiaxing", "city")
    add(guangdong, "440300", "深圳市", "Shenzhen", "city")
    return {region.code: region for region in Region.objects.all()}


@pytest.fixture
def industries(db):
    from questionnaires.models import Industry

    rows = [
        ("C", "C", "section", "制造业", "Manufacturing"),
        ("C34", "C", "division", "通用设备制造业", "General-purpose machinery"),
        ("C36", "C", "division", "汽车制造业", "Motor vehicles"),
        ("I", "I", "section", "信息传输、软件和信息技术服务业", "Information services"),
        ("I65", "I", "division", "软件和信息技术服务业", "Software"),
    ]
    Industry.objects.bulk_create(
        Industry(code=code, section=section, level=level, name={"zh": zh, "en": en})
        for code, section, level, zh, en in rows
    )
    return {industry.code: industry for industry in Industry.objects.all()}


@pytest.fixture
def people(db):
    """Make a person: ``people("mei@example.cn", "梅")``."""
    from assessment.models import User

    def make(email: str, name: str = "", **fields) -> User:
        return User.objects.create_user(email, PASSWORD, name=name or email, **fields)

    return make


@pytest.fixture
def organisations(regions, industries):
    """Make an enterprise, in Jiaxing and of motor vehicles unless told otherwise."""
    from assessment.models import Organisation

    def make(credit_code: str, name: str, region="330400", industry="C36", **fields):
        values = {
            "employees": 120,
            "revenue": Decimal("5000"),
            "assets": Decimal("4000"),
            "size": "small",
            **fields,
        }
        return Organisation.unguarded.create(
            credit_code=credit_code,
            name=name,
            region=regions[region],
            industry=industries[industry],
            **values,
        )

    return make


@pytest.fixture
def organisation(organisations):
    return organisations("91350100M000100Y43", "海宁精密")


@pytest.fixture
def enterprise(people, organisation):
    from assessment.models import Membership

    user = people("owner@example.cn", "陈海")
    Membership.objects.create(user=user, organisation=organisation, role="owner")
    return user


@pytest.fixture
def colleague(people, organisation):
    from assessment.models import Membership

    user = people("colleague@example.cn", "林梅")
    Membership.objects.create(user=user, organisation=organisation, role="editor")
    return user


@pytest.fixture
def viewer(people, organisation):
    from assessment.models import Membership

    user = people("viewer@example.cn", "周看")
    Membership.objects.create(user=user, organisation=organisation, role="viewer")
    return user


@pytest.fixture
def consultant(people, organisation, enterprise):
    from assessment.models import ConsultantGrant

    user = people("consultant@example.cn", "顾问")
    ConsultantGrant.objects.create(
        organisation=organisation, consultant=user, granted_by=enterprise
    )
    return user


@pytest.fixture
def officer(people, regions):
    from assessment.models import Jurisdiction

    user = people("officer@example.cn", "沈局")
    Jurisdiction.objects.create(officer=user, region=regions["330000"])
    return user


@pytest.fixture
def outsider(people, organisations):
    from assessment.models import Membership

    user = people("outsider@example.cn", "外人")
    other = organisations("91110108551385082Q", "深圳他厂", region="440300")
    Membership.objects.create(user=user, organisation=other, role="owner")
    return user


@pytest.fixture
def operator(people):
    return people("operator@example.cn", "运维", is_staff=True, is_superuser=True)


@pytest.fixture
def cast(enterprise, colleague, viewer, consultant, officer, outsider, operator):
    """Everybody, by the name the role × action table uses."""
    return {
        "enterprise": enterprise,
        "colleague": colleague,
        "viewer": viewer,
        "consultant": consultant,
        "officer": officer,
        "outsider": outsider,
        "operator": operator,
        "visitor": None,
    }


@pytest.fixture
def publish(db):
    """Publish an instrument from a YAML file of tests/instruments/ (or a document)."""
    from questionnaires import instruments
    from questionnaires.models import Instrument, InstrumentVersion

    def load(source: str | dict = "small.yaml"):
        if isinstance(source, str):
            path = Path(__file__).parent / "instruments" / source
            source = yaml.safe_load(path.read_text(encoding="utf-8"))
        definition, problems = instruments.validate(source)
        assert definition is not None, problems
        canonical = instruments.canonical(definition)
        instrument, _ = Instrument.objects.get_or_create(
            code=canonical["code"], defaults={"title": canonical["title"]}
        )
        return InstrumentVersion.objects.create(
            instrument=instrument,
            version=canonical["version"],
            status=canonical["status"],
            title=canonical["title"],
            notice=canonical.get("notice") or {},
            definition=canonical,
            sha256=instruments.sha256_of(canonical),
        )

    return load


@pytest.fixture
def instrument_version(publish):
    return publish("small.yaml")


@pytest.fixture
def round_(regions, instrument_version, officer):
    """An open round of Zhejiang in which officers see names."""
    from assessment.models import Round

    today = timezone.localdate()
    return Round.unguarded.create(
        title="2026 年浙江省评估",
        region=regions["330000"],
        instrument_version=instrument_version,
        year=2026,
        opens_on=today - dt.timedelta(days=10),
        closes_on=today + dt.timedelta(days=20),
        names_visible=True,
        opened_by=officer,
    )


@pytest.fixture
def submission(round_, organisation, enterprise):
    """The enterprise's draft in the round, with nothing answered."""
    from assessment.models import Invitation, Submission

    Invitation.objects.create(round=round_, organisation=organisation)
    return Submission.unguarded.create(round=round_, organisation=organisation)
