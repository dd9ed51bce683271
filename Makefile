# Shubbak: `make demo` runs the main job, `make test` runs all that continuous integration runs.
# Both install what is missing (Debian and Ubuntu; root or sudo) and say so.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

DEMO_DATA ?= demo-data
ADDRESS ?= 127.0.0.1:8080
TARGET := $(or $(CARGO_TARGET_DIR),target)
SHUBBAK := $(TARGET)/debug/shubbak

.PHONY: help deb demo test test-full bench pictures looks assets lint rust browser independent setup-demo setup-test

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

demo: setup-demo assets ## build, load the demonstration data, serve on http://127.0.0.1:8080
	cargo build --locked -p shubbak
	$(SHUBBAK) --data $(DEMO_DATA) demo load
	$(SHUBBAK) --data $(DEMO_DATA) serve --listen $(ADDRESS)

test: setup-test assets lint rust independent browser ## all that continuous integration runs

lint:
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	cd assets && npm test

rust:
	cargo test --locked --workspace
	cargo build --locked -p shubbak
	$(SHUBBAK) catalogue check

independent: ## the signed QR read by a decoder in another language
	tests/independent/run

browser: ## the journeys in a real browser
	cargo build --locked -p shubbak
	cd tests/browser && SHUBBAK=$(abspath $(SHUBBAK)) npm test

test-full: setup-test assets ## the long forms of the tests, run by hand before a release
	SHUBBAK_FULL=1 cargo test --locked --workspace
	cargo build --locked -p shubbak
	cd tests/browser && SHUBBAK_FULL=1 SHUBBAK=$(abspath $(SHUBBAK)) npm test

bench: setup-test assets ## measure into docs/benchmarks.md
	cargo build --locked --release -p shubbak -p load
	$(TARGET)/release/load $(TARGET)/release/shubbak
	$(TARGET)/release/load $(TARGET)/release/shubbak --citizens

deb: setup-demo assets ## the Debian package, into packaging/debian/made (needs cargo-deb)
	cargo build --locked --release -p shubbak
	packaging/debian/build $(TARGET)/release/shubbak

pictures: setup-test assets ## photograph the main pages into docs/pictures and the guide
	cargo build --locked -p shubbak
	cd tests/browser && SHUBBAK=$(abspath $(SHUBBAK)) node pictures.mjs

looks: setup-test assets ## take the ten small pictures of pages anew that the browser tests compare
	cargo build --locked -p shubbak
	cd tests/browser && SHUBBAK_LOOKS=update SHUBBAK=$(abspath $(SHUBBAK)) node --test looks.test.mjs

assets: assets/dist/manifest.json

assets/node_modules/.package-lock.json: assets/package-lock.json
	cd assets && npm ci --no-audit --no-fund
	touch $@

ASSET_SOURCES := $(shell find assets -path assets/node_modules -prune -o -path assets/dist -prune -o -type f -print)
assets/dist/manifest.json: assets/node_modules/.package-lock.json $(ASSET_SOURCES)
	cd assets && node build.mjs
	touch $@

tests/browser/node_modules/.package-lock.json: tests/browser/package-lock.json
	cd tests/browser && npm ci --no-audit --no-fund
	touch $@

setup-demo:
	@.ci/need cc build-essential
	@.ci/need cargo - "a Rust toolchain of 1.94 or newer, see rustup.rs"
	@.ci/need node - "Node 20 or newer"

setup-test: setup-demo tests/browser/node_modules/.package-lock.json
	@.ci/need initdb postgresql
	@.ci/need chromium chromium
	@.ci/need zbarimg zbar-tools
	@.ci/need pdftotext poppler-utils
	@.ci/need python3 python3-venv
