# make talk   set everything up, open her page           make test   set up what tests need and run them all
# make setup  the environment alone                      make bench, make evals   measure (docs/results/)
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
PY := .venv/bin/python

.PHONY: setup setup-dev talk test lint bench evals

$(filter .uv/bin/uv,$(UV)):
	python3 -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check 'uv>=0.9'

setup: $(filter .uv/bin/uv,$(UV))
	@$(UV) sync --locked --no-dev --inexact --quiet

setup-dev: $(filter .uv/bin/uv,$(UV))
	@$(UV) sync --locked --inexact --quiet

talk: setup
	@.venv/bin/someone

test: setup-dev lint
	$(PY) -m pytest --cov=someone --cov-report=term:skip-covered

lint: setup-dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/pyright
	.venv/bin/lint-imports

bench: setup-dev
	$(PY) -m bench.all

evals: setup-dev
	$(PY) -m evals.all
