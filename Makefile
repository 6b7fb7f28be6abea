# photodesk. `make demo` and `make test` install what they lack; plain `make` only builds.

VERSION := 0.1.0
PREFIX ?= /usr/local
DATADIR := $(PREFIX)/share/photodesk
LIBDIR := $(PREFIX)/lib/photodesk
UNITDIR := $(PREFIX)/lib/systemd/system
BUILD ?= build$(if $(SANITIZE),-sanitize)
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c

PACKAGES := glib-2.0 gio-2.0 gmodule-2.0 json-glib-1.0 libjpeg libturbojpeg libwebp libwebpmux pangocairo pangoft2 fontconfig librsvg-2.0 libexif \
            libiptcdata exempi-2.0 lcms2 sqlite3 libxxhash libseccomp
MODULE_PACKAGES := vips libheif # to link with these takes longer than with all the rest
WARNINGS := -Wall -Wextra -Wno-missing-field-initializers -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Werror
HARDENING := -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE

CFLAGS ?= -O3 -g
ALL_CFLAGS = -std=gnu17 $(WARNINGS) $(if $(SANITIZE),-O1 -g -fno-omit-frame-pointer -fsanitize=$(SANITIZE),$(HARDENING) $(CFLAGS)) \
             -D_GNU_SOURCE -Isrc -I$(BUILD) -DPHOTODESK_VERSION='"$(VERSION)"' \
             -DG_LOG_DOMAIN='"photodesk"' $(PACKAGE_CFLAGS)
ALL_LDFLAGS = $(if $(SANITIZE),-fsanitize=$(SANITIZE),-pie -Wl,-z,relro,-z,now,--as-needed) $(LDFLAGS)
PACKAGE_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) $(MODULE_PACKAGES) 2>/dev/null)
LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lcsv -lm
MODULE_LIBS := $(shell pkg-config --libs $(MODULE_PACKAGES) 2>/dev/null) -lm
V ?=
say = $(if $(V),,@echo "  $(1)	$(2)";)

MODULE_SOURCES := src/render/load_vips.c src/photo/heif.c
MODULE_OBJECTS := $(MODULE_SOURCES:src/%.c=$(BUILD)/%.o)
SOURCES := $(filter-out $(MODULE_SOURCES),$(wildcard src/*/*.c))
OBJECTS := $(SOURCES:src/%.c=$(BUILD)/%.o)
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))
FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(filter-out %/replay.c,$(wildcard tests/fuzz/*.c)))
REPLAYS := $(FUZZERS:=-replay)

all: $(BUILD)/photodesk $(BUILD)/managed.so

$(BUILD)/photodesk: $(BUILD)/main.o $(OBJECTS)
	$(call say,LD,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

# Whatever it takes of the program itself, that has when it loads the module.
$(BUILD)/managed.so: $(MODULE_OBJECTS)
	$(call say,LD,$@)$(CC) $(filter-out -pie,$(ALL_LDFLAGS)) -shared -o $@ $^ $(MODULE_LIBS)

$(MODULE_OBJECTS): ALL_CFLAGS += -fPIC

$(BUILD)/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# What the contact sheet and the page of the desk carry in themselves, as C strings.
$(BUILD)/page/sheet.o: $(BUILD)/page/sheet.css.h $(BUILD)/page/sheet.js.h
$(BUILD)/page/live.o: $(BUILD)/page/sheet.css.h $(BUILD)/page/live.css.h $(BUILD)/page/live.js.h

$(BUILD)/page/%.h: src/page/% Makefile
	@mkdir -p $(@D)
	$(call say,GEN,$@)sed 's/[\\"]/\\&/g; s/.*/    "&\\n"/; 1i static const char $(subst .,_,$*)[] =' $< >$@ && echo '    ;' >>$@

$(BUILD)/unit/%: tests/unit/%.c $(OBJECTS)
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(OBJECTS) $(LIBS)

$(BUILD)/fuzz/%-replay: tests/fuzz/%.c tests/fuzz/replay.c $(OBJECTS)
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) -DCORPUS='"tests/fuzz/corpus/$*"' $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/fuzz/%: tests/fuzz/%.c $(OBJECTS)
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

# What the browser tests and the benchmark's peers take from npm; the browser is Debian's.
NODE_MODULES := $(BUILD)/browser/node_modules/.package-lock.json
PEERS := $(BUILD)/bench/peers/node_modules/.package-lock.json
$(BUILD)/%/node_modules/.package-lock.json: tests/%/package.json tests/%/package-lock.json
	@mkdir -p $(BUILD)/$*
	$(call say,NPM,$@)cp $^ $(BUILD)/$* && npm ci --prefix $(BUILD)/$* --ignore-scripts --prefer-offline --no-audit --no-fund --silent
	@touch $@

-include $(OBJECTS:.o=.d) $(MODULE_OBJECTS:.o=.d) $(BUILD)/main.d $(UNIT_TESTS:=.d)

# ---- What people call ----

packages-%:
	@scripts/packages $*

demo: packages-build
	@$(MAKE) --no-print-directory all
	@rm -rf demo
	$(BUILD)/photodesk build fixtures/education-week -o demo/education-week
	@echo "The gallery is in demo/education-week; open demo/education-week/index.html"

# Unit tests in C, the program as a black box in shell, its pages in a browser, and the rules of the tree: all speak TAP.
test: packages-build packages-test
	@$(MAKE) --no-print-directory all unit-tests replays $(NODE_MODULES)
	$(prove) $(UNIT_TESTS) $(REPLAYS) tests/tree/*.t tests/cli/*.t tests/browser/*.t $(count)

# What stays quick under the sanitizers: every decoder and every reader runs once.
test-quick: packages-build packages-test
	@$(MAKE) --no-print-directory all unit-tests replays
	$(prove) $(UNIT_TESTS) $(REPLAYS) tests/cli/build.t $(count)

prove = PHOTODESK=$(abspath $(BUILD)/photodesk) LSAN_OPTIONS=suppressions=$(abspath tests/lsan.supp):print_suppressions=0 prove --timer -j2

# The last line counts the tests.
count = | awk '{ print; fflush() } /^Files=/ { split($$0, n, /[=,]/) } /^Result:/ { result = $$2 } END { print n[4], "tests in", n[2], "files:", result }'

unit-tests: $(UNIT_TESTS)

replays: $(REPLAYS)

# Random input for everything that reads what others wrote, by libFuzzer: SECONDS for each target.
SECONDS ?= 600
fuzz: packages-build packages-fuzz
	@$(MAKE) --no-print-directory CC=clang BUILD=build-fuzz SANITIZE=fuzzer-no-link,address,undefined fuzzers
	tests/fuzz/run build-fuzz/fuzz $(SECONDS)

fuzzers: $(FUZZERS)

# Every call of a build, a pruning and a withdrawal that looks at the disk fails, and so does each that changes it, which is also
# the last one before a kill;
# N = 10 tries each tenth.
N ?= 1
faults: packages-build packages-test
	@$(MAKE) --no-print-directory all
	PHOTODESK=$(abspath $(BUILD)/photodesk) tests/faults/run --every $(N)

# A photo desk among people who know no rest, for SECONDS; then 20,000 photos at once.
soak: packages-build packages-test
	@$(MAKE) --no-print-directory all
	PHOTODESK=$(abspath $(BUILD)/photodesk) tests/soak/random $(SECONDS) $(SEED)
	PHOTODESK=$(abspath $(BUILD)/photodesk) tests/soak/burst

# Shards as a job array under a real Slurm on this machine; needs root.
slurm: packages-build packages-slurm
	@$(MAKE) --no-print-directory all
	PHOTODESK=$(abspath $(BUILD)/photodesk) tests/slurm/run

bench: packages-build packages-bench
	@$(MAKE) --no-print-directory all $(BUILD)/bench/floor $(BUILD)/bench/metadata $(BUILD)/bench/stamping
	PHOTODESK=$(BUILD)/photodesk FLOOR=$(BUILD)/bench/floor METADATA=$(BUILD)/bench/metadata \
	STAMPING=$(BUILD)/bench/stamping tests/bench/run
	@$(MAKE) --no-print-directory bench-peers

# Side by side with what people use instead.
bench-peers: packages-build packages-bench
	@$(MAKE) --no-print-directory all $(PEERS) $(BUILD)/bench/floor
	PHOTODESK=$(BUILD)/photodesk FLOOR=$(BUILD)/bench/floor tests/bench/peers/run

# The part of it that takes an archive: 100,000 photos in 2,000 galleries.
bench-scale: packages-build
	@$(MAKE) --no-print-directory all
	PHOTODESK=$(BUILD)/photodesk tests/bench/run scale

$(BUILD)/bench/%: tests/bench/%.c tests/bench/bench.h $(OBJECTS)
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(filter-out %.h,$^) $(LIBS)

# One picture of stamps in several scripts on hard backgrounds, for a person to look at.
stamp-sheet: packages-build packages-test
	@$(MAKE) --no-print-directory all
	PHOTODESK=$(BUILD)/photodesk tests/stamp-sheet $(BUILD)/stamp-sheet.png
	@echo "See $(BUILD)/stamp-sheet.png"

# The pictures that tests hold stamps against, anew: look at them before they are committed.
golden: packages-build packages-test
	@$(MAKE) --no-print-directory all
	PHOTODESK=$(BUILD)/photodesk tests/golden/make tests/golden

C_FILES := $(wildcard src/*.c src/*/*.c tests/unit/*.c tests/fuzz/*.c tests/bench/*.c tests/faults/*.c)

# All that is in C as another compiler reads it, the fuzzers': whatever it warns of is an error, as with the first.
clang: packages-build packages-fuzz
	@$(MAKE) --no-print-directory clang-reading

clang-reading: $(patsubst src/%,$(BUILD)/%.h,$(wildcard src/page/*.css src/page/*.js))
	@printf '%s\n' $(C_FILES) | xargs -P 2 -n 8 clang -fsyntax-only $(ALL_CFLAGS) -DCORPUS='""'

format:
	clang-format -i $(C_FILES) src/*/*.h

lint:
	clang-format --dry-run -Werror $(C_FILES) src/*/*.h
	cppcheck --quiet --std=c11 --enable=warning,performance,portability --suppress=missingInclude --inline-suppr \
	         --library=gtk --error-exitcode=1 -Isrc src

install: all
	install -D -m 755 $(BUILD)/photodesk $(DESTDIR)$(PREFIX)/bin/photodesk
	install -D -m 644 $(BUILD)/managed.so $(DESTDIR)$(LIBDIR)/managed.so
	install -d $(DESTDIR)$(DATADIR)/presets
	install -m 644 presets/*.preset $(DESTDIR)$(DATADIR)/presets
	install -m 644 docs/*.schema.json $(DESTDIR)$(DATADIR)
	install -D -m 644 docs/photodesk.1 $(DESTDIR)$(PREFIX)/share/man/man1/photodesk.1
	install -D -m 644 docs/photodesk.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/photodesk
	install -d $(DESTDIR)$(UNITDIR)
	sed 's|@PREFIX@|$(PREFIX)|' dist/photodesk@.service >$(DESTDIR)$(UNITDIR)/photodesk@.service
	chmod 644 $(DESTDIR)$(UNITDIR)/photodesk@.service

uninstall:
	rm -rf $(DESTDIR)$(PREFIX)/bin/photodesk $(DESTDIR)$(LIBDIR) $(DESTDIR)$(DATADIR) $(DESTDIR)$(PREFIX)/share/man/man1/photodesk.1 \
	       $(DESTDIR)$(PREFIX)/share/bash-completion/completions/photodesk $(DESTDIR)$(UNITDIR)/photodesk@.service

clean:
	rm -rf build build-sanitize build-fuzz demo


.PHONY: all clean demo test test-quick unit-tests replays fuzz fuzzers soak faults slurm bench bench-peers bench-scale stamp-sheet golden clang clang-reading format lint install uninstall
.DELETE_ON_ERROR:
.SECONDARY:
