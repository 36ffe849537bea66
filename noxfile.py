"""Everything that checks the project. `nox --list` names the sessions; `.ci/run` runs those that CI runs."""

import os
import shlex
import shutil
import tarfile
from itertools import chain
from pathlib import Path

import nox

nox.needs_version = ">=2024.4.15"
nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["test", "types", "lint", "generated", "changelog"]

PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PROJECT)
MINISTACK = "ministack==1.5.33"
HANDLEBARS = "handlebars@4.7.10"
JAVASCRIPT = "@aws-sdk/client-sesv2@3.1169.0"
ROOT = Path(__file__).parent
# Tests wait for servers and clocks as long as they compute. Each worker has neighbouring tests, which share servers.
WORKERS = (f"--numprocesses={2 * (os.cpu_count() or 1)}", "--dist=worksteal")
DEBIAN = "/usr/bin/python3"
NEWEST = ("3.14", "3.15")
# The tests of the package itself are all but these, which need the generator, moto, web frameworks or type checkers.
LIBRARY_TESTS = [
    "tests",
    "--ignore=tests/codegen",
    "--ignore=tests/docs",
    "--ignore=tests/examples",
    "--ignore=tests/parity",
    "--ignore=tests/project",
    "--ignore=tests/servers/test_moto.py",
    "--ignore=tests/servers/test_quickstart.py",
    "--ignore=tests/testing/sdks",
    "--ignore=tests/typing",
]

# Nothing is written outside of the checkout.
os.environ.update(
    PIP_CACHE_DIR=str(ROOT / ".cache" / "pip"),
    PYRIGHT_PYTHON_CACHE_DIR=str(ROOT / ".cache" / "pyright"),
    XDG_CACHE_HOME=str(ROOT / ".cache"),
)
# Installed packages are compiled when they are first imported, and only once.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def group(*names: str) -> list[str]:
    """Return the requirements of dependency groups."""
    return list(nox.project.dependency_groups(PROJECT, *names))


def install_wheel(session: nox.Session, *requirements: str, without_their_own: tuple[str, ...] = ()) -> None:
    """Build the wheel and install it, as users do, with what else is needed.

    Args:
        session: The session.
        requirements: What else is installed.
        without_their_own: Requirements that are installed without those that they have themselves.
    """
    # The pip of Python 3.11 takes twice as long.
    session.install("--no-compile", "--upgrade", "pip>=25.1")
    dist = Path(session.create_tmp()) / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    build = ("python", "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(dist), ".")
    # `nox -R` skips installations; this one would be of an earlier state of the package.
    is_skipped = session.run_install(*build) is None
    if is_skipped:
        session.run(*build)
    wheel = str(next(dist.glob("*.whl")))
    if is_skipped:
        session.run("python", "-m", "pip", "install", "--quiet", "--force-reinstall", "--no-deps", wheel)
        return
    session.install("--no-compile", *requirements, wheel)
    session.install("--force-reinstall", "--no-deps", *without_their_own, wheel)


def install_for_tests(session: nox.Session) -> None:
    """Install the wheel and what the tests need."""
    install_wheel(session, *group("test", "ministack"), without_their_own=(MINISTACK,))
    install_redis_server(session)


def install_redis_server(session: nox.Session) -> None:
    """Install Debian's redis-server where it is missing and can be had; without one its tests are skipped."""
    if not shutil.which("redis-server"):
        install_debian_packages(session, "redis-server")


def install_debian_packages(session: nox.Session, *names: str) -> None:
    """Install packages of Debian where that is possible; tests that need one that is missing are skipped."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *names]):
        session.run_install("apt-get", "--quiet", *arguments, external=True, silent=True, success_codes=range(256))


def install_chromium(session: nox.Session) -> None:
    """Install Debian's chromium where it is missing and can be had; without one the tests in a browser are skipped."""
    if shutil.which("chromium") or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        session.run_install("apt-get", "--quiet", *arguments, external=True, silent=True, success_codes=range(256))


def run_tests(session: nox.Session) -> None:
    """Install and run all tests, or what the command line names."""
    install_for_tests(session)
    session.run("pytest", *WORKERS, *session.posargs)


@nox.session
def test(session: nox.Session) -> None:
    """Run all tests on the Python that runs nox."""
    run_tests(session)


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run all tests on every Python that the classifiers name and the machine has."""
    run_tests(session)


@nox.session
def coverage(session: nox.Session) -> None:
    """Run all tests, name the branches of the package that none takes, and fail if less than 99 % are taken."""
    install_for_tests(session)
    session.run("coverage", "erase")
    # The script and not `-m pytest`: the latter would import the checkout and not the wheel.
    session.run("coverage", "run", str(Path(session.bin) / "pytest"), *WORKERS, *session.posargs)
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report", *(["--fail-under=0"] if session.posargs else []))


def run_library_tests(session: nox.Session, *requirements: str) -> None:
    """Install the wheel, and run the tests of the package itself or what the command line names."""
    install_wheel(session, *group("test-base"), *requirements)
    session.run("pytest", *WORKERS, *(session.posargs or LIBRARY_TESTS))


@nox.session(python=PYTHONS)
def library(session: nox.Session) -> None:
    """Run the tests of the package itself on every Python, with the newest Django for it: a shorter `tests`."""
    run_library_tests(session, "django")


@nox.session
def lowest(session: nox.Session) -> None:
    """Run the tests of the package itself with the oldest version of each dependency that pyproject.toml allows."""
    project = PROJECT["project"]
    requirements = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    run_library_tests(session, *(name.replace(">=", "==") for name in requirements))


@nox.session(python=DEBIAN)
def debian(session: nox.Session) -> None:
    """Run the tests of the package itself on Debian's own Python, an older patch release than pyenv has."""
    run_library_tests(session)


@nox.session(python=False)
@nox.parametrize("version", NEWEST, ids=NEWEST)
def sid(session: nox.Session, version: str) -> None:
    """Run the tests of the package itself on a Python that few machines have, that of Debian's unstable release.

    Debian is installed in a folder of the project's cache, which needs root.
    """
    install_debian_packages(session, "debootstrap")
    if not shutil.which("debootstrap") or os.geteuid() != 0:
        session.skip("needs root and `apt-get install debootstrap`")
    root = ROOT / ".cache" / f"sid-{version}"
    python = root / "usr" / "bin" / f"python{version}"
    if not python.exists():
        shutil.rmtree(root, ignore_errors=True)
        packages = f"--include=python{version}-venv,ca-certificates"
        debootstrap = ("debootstrap", "--variant=minbase", packages, "sid", str(root))
        session.run(*debootstrap, external=True, silent=True, success_codes=range(256))
        if not python.exists():
            session.skip(f"debootstrap could not install Python {version}")
        # Mirrors of packages may have certificates of their own.
        shutil.copy("/etc/ssl/certs/ca-certificates.crt", root / "etc/ssl/certs")
    shutil.rmtree(root / "src", ignore_errors=True)
    shutil.copytree(ROOT, root / "src", symlinks=True, ignore=shutil.ignore_patterns(".?*"))
    setup = f"cd /src && python{version} -m venv .venv && .venv/bin/python -m pip install --quiet --no-cache-dir nox"
    tests = shlex.join([".venv/bin/nox", "-s", f"library-{version}", "--", *session.posargs])
    mounts = f"mount --rbind /proc {root}/proc && mount --rbind /dev {root}/dev"
    # The mounts end with the command.
    inside = f"{mounts} && exec chroot {root} sh -c {shlex.quote(f'{setup} && {tests}')}"
    session.run("unshare", "--mount", "sh", "-c", inside, external=True)


@nox.session
def types(session: nox.Session) -> None:
    """Run mypy and pyright, both strict, over the package, the generator's output, the pages and the examples."""
    install_wheel(session, *group("test", "typing"))
    suites = ["tests/typing", "tests/codegen/test_types.py"]
    # Each file in one worker, so that each checker runs once.
    session.run("pytest", *WORKERS, "--dist=loadfile", *(session.posargs or suites), env={"SESV2KIT_LONG": "1"})


@nox.session
def handlebars(session: nox.Session) -> None:
    """Compare the template engine with handlebars.js on 9,000 templates; needs node and npm."""
    folder = session.create_tmp()
    session.run_install("npm", "install", "--no-audit", "--no-fund", "--prefix", folder, HANDLEBARS, external=True)
    install_wheel(session, *group("test-base"))
    module = str(Path(folder).resolve() / "node_modules" / "handlebars")
    settings = {"SESV2KIT_HANDLEBARS": module, "SESV2KIT_TEMPLATES": "9000"}
    session.run("pytest", "-s", *(session.posargs or ["tests/handlebars/test_differential.py"]), env=settings)


@nox.session
def sdks(session: nox.Session) -> None:
    """Compare boto3, the AWS CLI and the JavaScript SDK with sesv2kit, each against the fake; needs node and npm."""
    folder = session.create_tmp()
    session.run_install("npm", "install", "--no-audit", "--no-fund", "--prefix", folder, JAVASCRIPT, external=True)
    install_wheel(session, *group("test-base"), "awscli", "uvicorn")
    settings = {"SESV2KIT_LONG": "1", "SESV2KIT_SDKS": str(Path(folder).resolve())}
    session.run("pytest", *(session.posargs or ["tests/testing/sdks"]), env=settings)


@nox.session
def migrations(session: nox.Session) -> None:
    """Send the same mail with django-ses, with django-anymail and with sesv2kit, and compare what arrives."""
    install_wheel(session, *group("test-base"), "django", "django-anymail[amazon-ses]", "django-ses[events]")
    session.run("pytest", "-W", "ignore", *(session.posargs or ["tests/examples/test_django_migrations.py"]))


@nox.session
def browser(session: nox.Session) -> None:
    """Run the tests of the pages of `sesv2kit local` and of the command line in Debian's chromium."""
    install_chromium(session)
    install_wheel(session, *group("test-base", "browser"))
    session.run("pytest", *(session.posargs or ["tests/local", "tests/cli/test_in_a_browser.py"]))


@nox.session
def soak(session: nox.Session) -> None:
    """Run the tests that find more the longer they run: faulty servers, killed bulk runs, comparisons with botocore."""
    install_for_tests(session)
    settings = {
        "SESV2KIT_LONG": "1",
        "SESV2KIT_MAILS": "20000",
        "SESV2KIT_KILLS": "250",
        "SESV2KIT_EXAMPLES": "400",
    }
    transport = ["tests/transport/test_soak.py", "tests/transport/test_truth.py"]
    killed = ["tests/bulk/test_kill.py", "tests/cli/test_bulk_kill.py", "tests/examples/test_app_guides.py"]
    suites = [*transport, *killed, "tests/parity", "tests/unit/test_fuzz.py"]
    no_limit = "--override-ini=faulthandler_timeout=0"
    session.run("pytest", "--numprocesses=auto", no_limit, *(session.posargs or suites), env={**settings, **os.environ})


@nox.session
def chaos(session: nox.Session) -> None:
    """Have workers of every engine, and all that they need, fail: nothing is lost, and nothing is sent twice."""
    install_wheel(session, *group("test-base"))
    install_debian_packages(session, "postgresql", "mariadb-server", "redis-server", "rabbitmq-server")
    settings = {
        "SESV2KIT_LONG": "1",
        "SESV2KIT_FLEET_ENTRIES": "200000",
        "SESV2KIT_FLEET_KILLS": "56",
        "SESV2KIT_FLEET_FREEZES": "10",
    }
    no_limit = "--override-ini=faulthandler_timeout=0"
    session.run("pytest", "-s", no_limit, *(session.posargs or ["tests/fleet"]), env={**settings, **os.environ})


@nox.session
def mutate(session: nox.Session) -> None:
    """Change the package in small ways; a test fails for each change, or tests/mutation/survivors.toml says why not."""
    session.install("-e", ".", *group("test-base", "codegen"))
    session.run("python", "tests/mutation/run.py", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and formatting."""
    session.install(*group("codegen"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def changelog(session: nox.Session) -> None:
    """Show the changelog of the next version, built from the fragments in changelog.d."""
    session.install(*group("release"))
    session.run("towncrier", "build", "--draft", "--version", "next")


@nox.session
def generated(session: nox.Session) -> None:
    """Check that the generated files are what the specification says, and the specification what botocore says."""
    session.install("-e", ".", *group("codegen"))
    session.run("python", "-m", "codegen", "--check")
    session.run("python", "-m", "codegen", "drift")


@nox.session(name="drift-newest")
def drift_newest(session: nox.Session) -> None:
    """Compare the specification with the newest botocore: what has the service gained?"""
    session.install("-e", ".", *group("codegen"))
    session.install("--upgrade", "botocore")
    session.run("python", "-m", "codegen", "drift")


@nox.session(python="3.13")
@nox.parametrize("release", ["5.2", "6.0", "6.1"])
def django(session: nox.Session, release: str) -> None:
    """Run Django's own tests of mail backends against this package's, with the source of a release."""
    session.install("-e", ".[sns]", f"django~={release}.0")
    folder = session.create_tmp()
    session.run(
        "python",
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "--no-binary",
        "django",
        "-d",
        folder,
        f"django~={release}.0",
    )
    (archive,) = Path(folder).glob("*jango-*.tar.gz")
    with tarfile.open(archive) as source:
        source.extractall(folder, filter="data")
    session.run("python", "tests/django_mail/of_django.py", str(archive).removesuffix(".tar.gz"))


@nox.session
def quickstart(session: nox.Session) -> None:
    """Run the quickstart against a server on this machine."""
    session.install("-e", ".[local,progress]")
    session.run("python", "docs/examples/quickstart.py", "--once")


@nox.session(name="fleet-example")
def fleet_example(session: nox.Session) -> None:
    """Send 100,000 mails to a local SES with four workers of Celery; PostgreSQL and Redis are started for it."""
    session.install("-e", ".[celery,cli,local]", "psycopg[binary]")
    session.run("python", "docs/examples/fleet/run.py", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure speed and memory beside boto3, aiobotocore, capo-sesv2, httpx and aiohttp."""
    install_wheel(session, "aiobotocore", "aiohttp", "boto3", "capo-sesv2", "httpx", "trustme")
    session.run("python", "tests/benchmarks/run.py", *session.posargs)


@nox.session(name="bench-bulk")
def bench_bulk(session: nox.Session) -> None:
    """Measure bulk runs of up to a million entries, beside a loop over boto3, and how soon one that resumes sends."""
    install_wheel(session, "aiobotocore", "aiohttp", "boto3", "capo-sesv2", "httpx", "trustme")
    session.run("python", "tests/benchmarks/bulk.py", *session.posargs)
    session.run("python", "tests/benchmarks/resume.py")


@nox.session(name="fleet-plan")
def fleet_plan(session: nox.Session) -> None:
    """Simulate a fleet of 1,000 workers, compute it for 100 million entries, and check the plans of its statements."""
    install_wheel(session, *group("test-base"))
    install_debian_packages(session, "postgresql", "mariadb-server")
    session.run("python", "tests/benchmarks/fleet_plan.py", *session.posargs)


@nox.session(name="bench-rates")
def bench_rates(session: nox.Session) -> None:
    """Measure how exactly send rates are kept, by threads and by processes that share them over Redis."""
    install_wheel(session, "redis", "trustme")
    install_redis_server(session)
    session.run("python", "tests/benchmarks/rates.py", *session.posargs)


@nox.session(name="bench-fleet")
def bench_fleet(session: nox.Session) -> None:
    """Measure how exactly the workers of a fleet keep a rate that they share, and what they cost beside BulkSender."""
    install_wheel(session, "psycopg[binary]", "pytest", "redis", "sqlalchemy", "trustme")
    install_redis_server(session)
    install_debian_packages(session, "postgresql")
    session.run("python", "tests/benchmarks/fleet.py", *session.posargs)


@nox.session(name="bench-events")
def bench_events(session: nox.Session) -> None:
    """Measure what parsing and receiving an event costs, beside django-ses and django-anymail."""
    install_wheel(session, "cryptography", "django", "django-anymail[amazon-ses]", "django-ses[events]", "trustme")
    session.run("python", "-W", "ignore", "tests/benchmarks/events.py", *session.posargs)


@nox.session(name="bench-fake")
def bench_fake(session: nox.Session) -> None:
    """Measure what a send through the fake service costs, beside boto3 inside of moto."""
    install_wheel(session, "boto3", "moto[ses]", "trustme")
    session.run("python", "-W", "ignore", "tests/benchmarks/fake.py", *session.posargs)


def build_docs(session: nox.Session, *groups: str) -> dict[str, str]:
    """Build the documentation, a warning is an error; returns what tells the tests of the site where it is."""
    session.install("-e", ".[fleet,local,otel,sns]", *group("docs", "test-base", *groups))
    site = ROOT / "docs" / "_build" / "html"
    session.run("sphinx-build", "-W", "-b", "html", "docs", str(site))
    return {"SESV2KIT_SITE": str(site)}


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation, and check its links to its own pages and places."""
    settings = build_docs(session)
    session.run("pytest", *(session.posargs or ["tests/docs_site/test_links.py"]), env=settings)


@nox.session(name="docs-browser")
def docs_browser(session: nox.Session) -> None:
    """Test the documentation in Debian's chromium, wide and narrow, light and dark."""
    install_chromium(session)
    settings = build_docs(session, "browser")
    session.run("pytest", *(session.posargs or ["tests/docs_site"]), env=settings)


@nox.session(name="docs-links")
def docs_links(session: nox.Session) -> None:
    """Request what the documentation links to on other sites."""
    session.install("-e", ".[fleet,local,otel,sns]", *group("docs"))
    session.run("sphinx-build", "-q", "-b", "linkcheck", "docs", "docs/_build/linkcheck")
