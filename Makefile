# make            build the tools, after installing what they need to be built
# make demo       learn the built-in story, then tell more of it
# make demo NOVEL=path/to/novel.txt [DEMO_TIME=10m] [PROMPT=text]
#                 the same with a novel of yours
# make check      run every test, and check the manual pages
# make check-gradients
#                 the gradients of every cell, attention, depth and direction; takes a while
# make lint       check the formatting of the sources, and the manual pages
# make install    copy the tools, manual pages and completions under PREFIX
# make uninstall  remove them again
# make deps       install the Debian packages that are missing
# make clean      remove what make built
# make help       print this
#
# Variables: PREFIX (/usr/local), DESTDIR, PROGRAM_PREFIX, SWIFT, STRIP.

SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c

PREFIX         ?= /usr/local
BINDIR         ?= $(PREFIX)/bin
MANDIR         ?= $(PREFIX)/share/man
BASHDIR        ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR         ?= $(PREFIX)/share/zsh/site-functions
FISHDIR        ?= $(PREFIX)/share/fish/vendor_completions.d
SHAREDIR       ?= $(PREFIX)/share/huaben
DESTDIR        ?=
PROGRAM_PREFIX ?=
SWIFT          ?= swift
STRIP          ?= strip

TOOLS := tokenize vocab train generate score detok
# Its name begins with that of the toolkit already, so that PROGRAM_PREFIX does not change it.
PLOT  := huaben-plot
SHARE := $(notdir $(wildcard Scripts/share/huaben/*))
PAGES := $(sort $(notdir $(wildcard man/*.[157])))
BUILT := .build/release
STAMP := .build/made

# Every file a release build depends on; install builds only when one is newer.
SOURCES := Package.swift $(shell find Sources -type f)

all: deps
	$(SWIFT) build -c release --static-swift-stdlib
	touch $(STAMP)

$(STAMP): $(SOURCES)
	$(MAKE) all

demo: all
	@BUILT=$(BUILT) DEMO_TIME='$(DEMO_TIME)' PROMPT='$(subst ','\'',$(PROMPT))' \
	  Examples/demo '$(subst ','\'',$(NOVEL))'

check: deps lint-pages
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

# The worst error of each kind of model, then the worst of all.
check-gradients: deps
	$(SWIFT) build --build-tests
	@status=0; HUABEN_EVERY_MODEL=1 $(SWIFT) test --skip-build --filter GradientTests/everyArray \
	  > .build/gradients.log 2>&1 || status=$$?; \
	sed -n 's/^\([0-9.e-]*\) worst relative error: /\1\t/p' .build/gradients.log \
	  | sort -g > gradients.tsv; \
	echo "$$(wc -l < gradients.tsv) models, each on a line of gradients.tsv; the worst:"; \
	tail -n 1 gradients.tsv; grep '^✘' .build/gradients.log || true; exit $$status

lint: lint-pages
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

# A page is sound when mandoc has nothing to say above style.
lint-pages: lint-deps
	mandoc -T lint -W warning $(PAGES:%=man/%)

clean:
	$(SWIFT) package clean
	rm -rf $(STAMP) demo

help:
	@sed -n '/^#/!q; s/^# \{0,1\}//p' Makefile

.PHONY: all demo check check-gradients lint lint-pages clean help

# MARK: What Debian provides

# Looked for as files, so that it costs nothing when all is there.
have      = $(wildcard $(1:%=/usr/include/%) $(1:%=/usr/local/include/%))
command   = $(wildcard $(addsuffix /$(1),$(subst :, ,$(PATH))))
MISSING   = $(strip \
  $(if $(call have,unicode/ubrk.h),,libicu-dev) \
  $(if $(call have,dnnl.h),,libdnnl-dev) \
  $(if $(call have,zlib.h),,zlib1g-dev) \
  $(if $(call have,histedit.h),,libedit-dev) \
  $(if $(wildcard /usr/include/c++/*/vector),,libstdc++-12-dev) \
  $(if $(call command,pkg-config),,pkg-config) \
  $(if $(call command,$(STRIP)),,binutils))
LINT_MISSING = $(if $(call command,mandoc),,mandoc)

define install-packages
@if [ "$$(id -u)" = 0 ]; then as=; \
elif sudo -n true 2>/dev/null; then as='sudo -n'; \
else echo 'make: packages are missing; run: sudo apt-get install $(1)' >&2; exit 1; fi; \
set -x; $$as apt-get update; \
$$as env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $(1)
endef

deps:
	$(if $(MISSING),$(call install-packages,$(MISSING)),@:)

lint-deps:
	$(if $(LINT_MISSING),$(call install-packages,$(LINT_MISSING)),@:)

.PHONY: deps lint-deps

# MARK: Installing

# The directories that install had to make, so that uninstall can remove those and no others.
RECORD   = .build/directories$(subst /,_,$(subst $() ,_,$(DESTDIR)$(PREFIX)))
prefix   = $(if $(filter $(PLOT).%,$(1)),,$(PROGRAM_PREFIX))
manual   = $(MANDIR)/man$(subst .,,$(suffix $(1)))/$(call prefix,$(1))$(1)
INSTALLED = \
  $(foreach tool,$(TOOLS),'$(DESTDIR)$(BINDIR)/$(PROGRAM_PREFIX)$(tool)' \
    '$(DESTDIR)$(BASHDIR)/$(PROGRAM_PREFIX)$(tool)' \
    '$(DESTDIR)$(ZSHDIR)/_$(PROGRAM_PREFIX)$(tool)' \
    '$(DESTDIR)$(FISHDIR)/$(PROGRAM_PREFIX)$(tool).fish') \
  '$(DESTDIR)$(BINDIR)/$(PLOT)' '$(DESTDIR)$(BASHDIR)/$(PLOT)' '$(DESTDIR)$(ZSHDIR)/_$(PLOT)' \
  '$(DESTDIR)$(FISHDIR)/$(PLOT).fish' $(SHARE:%='$(DESTDIR)$(SHAREDIR)/%') \
  $(foreach page,$(PAGES),'$(DESTDIR)$(call manual,$(page))')

# A completion script names its command in a few places; with a prefix it is another name there.
bash-name = /^complete /s/ $$tool$$/ $$name/
zsh-name  = 1s/ $$tool$$/ $$name/; s/\(funcstack\[1\]}. =\) _$$tool\b/\1 _$$name/; \
            s/\(compdef _$$tool\) $$tool$$/\1 $$name/
fish-name = s/^complete -c '$$tool'/complete -c '$$name'/; s/^    case '$$tool'$$/    case '$$name'/; \
            s/\(should_offer_completions_for_[a-z_]* .\)$$tool\b/\1$$name/

install: $(STAMP)
	@LC_ALL=C mkdir -pv '$(DESTDIR)$(BINDIR)' '$(DESTDIR)$(BASHDIR)' '$(DESTDIR)$(ZSHDIR)' \
	  '$(DESTDIR)$(FISHDIR)' '$(DESTDIR)$(SHAREDIR)' '$(DESTDIR)$(MANDIR)'/man{1,5,7} \
	  | sed "s/^mkdir: created directory '\(.*\)'$$/\1/" >> '$(RECORD)'
	@for tool in $(TOOLS); do \
	  name='$(PROGRAM_PREFIX)'$$tool; made=$(BUILT)/$$tool; \
	  echo '$(DESTDIR)$(BINDIR)'/$$name; \
	  install -s --strip-program='$(STRIP)' -m 755 $$made '$(DESTDIR)$(BINDIR)'/$$name; \
	  $$made --generate-completion-script bash | sed "$(bash-name)" > '$(DESTDIR)$(BASHDIR)'/$$name; \
	  $$made --generate-completion-script zsh | sed "$(zsh-name)" > '$(DESTDIR)$(ZSHDIR)'/_$$name; \
	  $$made --generate-completion-script fish | sed "$(fish-name)" > '$(DESTDIR)$(FISHDIR)'/$$name.fish; \
	done
	@echo '$(DESTDIR)$(BINDIR)'/$(PLOT); \
	there=$$(realpath -ms --relative-to='$(BINDIR)' '$(SHAREDIR)'); \
	sed "s|^share=.*|share=\$${here%/*}/$$there|" Scripts/bin/$(PLOT) > '$(DESTDIR)$(BINDIR)/$(PLOT)'; \
	chmod 755 '$(DESTDIR)$(BINDIR)/$(PLOT)'; \
	install -m 644 $(SHARE:%=Scripts/share/huaben/%) '$(DESTDIR)$(SHAREDIR)'; \
	install -m 644 Scripts/completions/$(PLOT).bash '$(DESTDIR)$(BASHDIR)/$(PLOT)'; \
	install -m 644 Scripts/completions/_$(PLOT) '$(DESTDIR)$(ZSHDIR)'; \
	install -m 644 Scripts/completions/$(PLOT).fish '$(DESTDIR)$(FISHDIR)'
	@$(foreach page,$(PAGES),install -m 644 man/$(page) '$(DESTDIR)$(call manual,$(page))';)

uninstall:
	rm -f $(INSTALLED)
	@if [ -e '$(RECORD)' ]; then \
	  tac '$(RECORD)' | xargs -r -d '\n' rmdir --ignore-fail-on-non-empty; \
	  rm '$(RECORD)'; \
	fi

.PHONY: install uninstall
