# make demo   sets everything up and runs the main job
# make test   sets up what the tests need and passes the whole suite
# make coverage   the same, and which lines it runs
# make acceptance   the full counts of kills, moves and random keys
PYTHON ?= python3
CACHE  := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/gum-desktop
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test coverage acceptance lint bench docs pictures lock clean

demo: .venv/installed
	.venv/bin/gumctl demo

test: .venv-test/ready
	scripts/test.sh

coverage: .venv-test/ready
	COVERAGE=1 scripts/test.sh

acceptance: .venv-test/ready
	scripts/wheel_tree.sh
	cd build/tree && ../../.venv-test/bin/python scripts/acceptance.py

lint: .venv-test/ready
	scripts/lint.sh

bench: .venv/installed
	.venv/bin/python -m bench

docs: .venv/installed
	.venv/bin/python scripts/reference.py

pictures: .venv/installed
	.venv/bin/python scripts/pictures.py

lock:
	$(PYTHON) -m venv build/lock && build/lock/bin/pip install --quiet uv && build/lock/bin/python scripts/lock.py

.venv/ready: requirements.lock scripts/venv.sh
	scripts/venv.sh $(PYTHON) .venv requirements.lock
	touch $@

.venv/installed: .venv/ready pyproject.toml $(shell find gum observers models tui -name '*.py' -o -name '*.tcss')
	.venv/bin/pip install --quiet --no-deps --force-reinstall .
	.venv/bin/gumctl models embedder || echo "Search runs on words alone until 'gumctl models embedder' succeeds."
	touch $@

.venv-test/ready: requirements-dev.lock scripts/llama_wheel.sh scripts/system_packages.sh
	scripts/system_packages.sh
	scripts/venv.sh $(PYTHON) .venv-test requirements-dev.lock
	.venv-test/bin/pip install --quiet --no-deps "$$(scripts/llama_wheel.sh .venv-test/bin/python)"
	touch $@

clean:
	rm -rf .venv .venv-test build dist
