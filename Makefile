# Two commands are enough: `make sync` and `make test`. Plain `make` lists the others.
# Everything runs by npm scripts, which put the Node of package-lock.json before the machine's own.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh
installed := node_modules/.installed
larkhouse := npm run -s larkhouse --
flags = $(if $(CONFIG),--config '$(CONFIG)') $(ARGS)

.PHONY: help sync init query stop demo migrate check format unit test test-long test-browser bench sbom docs picture schema clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

sync: $(installed) ## Replicate, by default the simulated tenant into the embedded Postgres (CONFIG=file, ARGS="base.records --full")
	@$(larkhouse) sync $(flags)

init: $(installed) ## Ask for what a configuration needs, and write it (CONFIG=file)
	@$(larkhouse) init $(flags)

query: export STATEMENT = $(value SQL)
query: $(installed) ## Ask the warehouse (SQL="select ...", CONFIG=file)
	@$(larkhouse) query $(flags) "$$STATEMENT"

stop: $(installed) ## Stop the embedded Postgres; its data are kept
	@$(larkhouse) stop $(ARGS)

demo: $(installed) ## Serve the simulated tenant until Ctrl-C (ARGS="--port 9000")
	@$(larkhouse) demo $(ARGS)

migrate: $(installed) ## Bring the warehouse to the newest schema (CONFIG=file)
	@$(larkhouse) migrate up $(flags)

check: $(installed) ## The fast loop: format, lint, layers, types, dead code, unit tests
	@npm run -s check

format: $(installed) ## Format, and fix what can be fixed without a decision
	@npm run -s format

unit: $(installed) ## Unit tests only (FILES=part of a path)
	@npm run -s test -- unit --files '$(FILES)'

test: $(installed) ## All tests, on a Postgres of their own (FILES=part of a path, PG_BIN=folder of another Postgres)
	@PG_BIN='$(PG_BIN)' npm run -s test -- --files '$(FILES)'

test-long: export LARKHOUSE_LONG = 1
test-long: export LARKHOUSE_SEEDS = $(or $(SEEDS),10000)
test-long: export LARKHOUSE_KILLS = $(or $(KILLS),200)
test-long: $(installed) ## All tests at full length, which takes hours (SEEDS=random histories, KILLS=random kills, FILES=part of a path)
	@PG_BIN='$(PG_BIN)' npm run -s test -- --files '$(FILES)'

test-browser: $(installed) ## The report in a real browser (CHROMIUM=file, else /usr/bin/chromium)
	@PG_BIN='$(PG_BIN)' npm run -s test -- browser --files '$(FILES)'

bench: $(installed) ## Measure: every figure as a ratio taken in one run (ARGS="--only base --quick")
	@npm run -s bench -- $(ARGS)

sbom: $(installed) ## Print what the published package depends on, as CycloneDX JSON
	@npm sbom --omit dev --sbom-format cyclonedx --loglevel=error

docs: $(installed) ## Write docs/tables.md and dbt/sources.yml from the migrations, docs/api.md from the code
	@LARKHOUSE_WRITE=1 npm run -s test -- integration --files integration/docs --brief

picture: $(installed) ## Draw docs/terminal.svg from a sync of the demo in a terminal (needs util-linux)
	@npm run -s picture

schema: $(installed) ## Regenerate config/schema.json
	@npm run -s schema

clean: ## Stop the embedded Postgres, remove what is installed and built; data in .larkhouse are kept
	-@test ! -e $(installed) || $(larkhouse) stop
	rm -rf node_modules dist coverage

# --loglevel=error: npm itself may run on a Node older than the one that it installs, and would warn of it.
$(installed): package-lock.json
	@echo 'installing what package-lock.json names' >&2
	@npm ci --loglevel=error --no-progress --no-update-notifier >&2
	@touch $@
