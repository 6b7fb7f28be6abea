# photodesk. `make demo` and `make test` install what they lack; plain `make` only builds.

VERSION := 0.1.0
PREFIX ?= /usr/local
DATADIR := $(PREFIX)/share/photodesk
BUILD ?= build$(if $(SANITIZE),-sanitize)

PACKAGES := glib-2.0 gio-2.0 json-glib-1.0 vips zimg libturbojpeg libwebp libwebpmux pangocairo fontconfig libexif lcms2 \
            sqlite3 libxxhash
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Werror
HARDENING := -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE

CFLAGS ?= -O2 -g
ALL_CFLAGS = -std=gnu17 $(WARNINGS) $(if $(SANITIZE),-O1 -g -fno-omit-frame-pointer -fsanitize=$(SANITIZE),$(HARDENING) $(CFLAGS)) \
             -D_GNU_SOURCE -Isrc -DPHOTODESK_VERSION='"$(VERSION)"' -DPHOTODESK_DATADIR='"$(DATADIR)"' \
             -DG_LOG_DOMAIN='"photodesk"' $(PACKAGE_CFLAGS)
ALL_LDFLAGS = $(if $(SANITIZE),-fsanitize=$(SANITIZE),-pie -Wl,-z,relro,-z,now,--as-needed) $(LDFLAGS)
PACKAGE_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lcsv -lm
V ?=
say = $(if $(V),,@echo "  $(1)	$(2)";)

SOURCES := $(wildcard src/*/*.c)
OBJECTS := $(SOURCES:src/%.c=$(BUILD)/%.o)
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))

all: $(BUILD)/photodesk

$(BUILD)/photodesk: $(BUILD)/main.o $(OBJECTS)
	$(call say,LD,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(OBJECTS)
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(OBJECTS) $(LIBS)

-include $(OBJECTS:.o=.d) $(BUILD)/main.d $(UNIT_TESTS:=.d)

clean:
	rm -rf build build-sanitize demo

.PHONY: all clean
.DELETE_ON_ERROR:
