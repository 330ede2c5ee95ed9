"""What commands print. Plain text that reads well aloud; rich only where a table helps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import typer

from someone.cli.talking import visible
from someone.errors import SettingsError
from someone.views import BrainView, Finding, MomentView, TrialView, Who, Why

_DAYS = 86_400


def journal(found: Sequence[MomentView]) -> None:
    if not found:
        typer.echo("Nothing yet.")
    moments(found)


def moments(found: Sequence[MomentView]) -> None:
    """A line a moment: number, time, who, words."""
    day = ""
    for m in found:
        at = m.at.astimezone()
        if (today := f"{at:%A, %d %B %Y}") != day:
            typer.secho(today, bold=True)
            day = today
        who = {"you": "you", "her": "she"}.get(m.who, m.author or m.source or m.kind.lower())
        typer.echo(
            f"  #{m.id:<5} {at:%H:%M}  {who:<9} {visible(m.text)}{f'  [{visible(m.source)}]' if m.source else ''}"
        )


def who(found: Who) -> None:
    typer.secho(found.name, bold=True)
    typer.echo(found.reason)
    typer.echo(
        f"I've been awake for {_ago(found.woke_at)}. I thought about being called {', '.join(found.runners_up)}."
    )
    because = f", because {found.feeling_why}" if found.feeling_why else ""
    typer.echo(f"I feel {found.feeling}{because}.")
    typer.echo(f"I think with: {found.brain}. I keep {counted(found.moments, 'moment')} with you.")
    if found.called:
        typer.echo(f"I call you {found.called}.")
    if found.held:
        typer.echo("What you've told me of your life:")
    for held in found.held:
        typer.echo(f"  #{held.id:<5} {held.at.astimezone():%d %b %Y}  {visible(held.text)}")


def why(found: Why) -> None:
    if found.about is not None:
        typer.echo(f"I said: {visible(found.about.text)}")
    typer.echo(found.how)
    moments(found.stood_on)


def findings(found: Sequence[Finding]) -> None:
    for f in found:
        typer.secho(f"{'ok ' if f.ok else '!! '}", fg="green" if f.ok else "yellow", nl=False)
        typer.echo(f"{f.part}: {f.says}")
        if f.do:
            typer.echo(f"   {f.do}")


def settings(changes: Sequence[str]) -> None:
    """Set what is to be set, then list all."""
    from someone import settings as all_settings

    for change in changes:
        name, equals, value = change.partition("=")
        if not equals or name not in all_settings.Settings.model_fields:
            raise SettingsError(f"'{change}' is not NAME=VALUE with a setting's name.")
        typer.echo(f"Written to {all_settings.write(name, int(value) if value.isdigit() else value)}.")
    values = all_settings.load()
    typer.echo(f"Home: {all_settings.home_folder()}   (variable SOMEONE_HOME)")
    typer.echo(f"Cache: {all_settings.cache_folder()}   (variable SOMEONE_CACHE)")
    typer.echo(f"File: {all_settings.home_folder() / all_settings.FILE}\n")
    for name, field in all_settings.Settings.model_fields.items():
        origin = all_settings.origin(name)
        typer.secho(f"{name} = {getattr(values, name)!r}", bold=True, nl=False)
        typer.echo(f"   ({origin}; variable SOMEONE_{name.upper()})\n    {field.description}")


def brains(found: Sequence[BrainView]) -> None:
    for b in found:
        where = "on this machine" if b.local else "what you say goes to the provider"
        url = f"  --url {b.url}" if b.url else ""
        typer.echo(f"{'→ ' if b.in_use else '  '}{b.spec}{url}")
        typer.echo(f"      {where}{'; ' + b.note if b.note else ''}")
    typer.echo("\n`someone brains try NAME` tests one, `use NAME` switches, `get` lists stronger ones to fetch.")


def trial(found: TrialView) -> bool:
    if not found.ok:
        typer.echo(f"{found.spec}: {found.error}", err=True)
        return False
    typer.echo(
        f"{found.spec}: first word after {found.first_token_s:.2f} s, then {found.tokens_per_s:.0f} tokens a second."
    )
    typer.echo(found.can)
    return True


def counted(n: int, thing: str) -> str:
    return f"1 {thing}" if n == 1 else f"{n} {thing}s"


def _ago(since: datetime) -> str:
    seconds = (datetime.now().astimezone() - since).total_seconds()
    for size, name in ((_DAYS * 365, "year"), (_DAYS, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return counted(int(seconds // size), name)
    return "less than a minute"
