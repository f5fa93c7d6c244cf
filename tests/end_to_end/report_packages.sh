#!/usr/bin/env bash
# Packages of the browser tests (playwright-core, axe-core, TypeScript), fetched once a lock file; to be sourced after
# checks.sh. Sets packages: the folder that holds them.
# shellcheck disable=SC2154 # root is of checks.sh
packages=$root/build/report_tests
page_sources=$root/output/report/page
mkdir -p "$packages"
if ! cmp -s "$page_sources/package-lock.json" "$packages/installed"; then
  cp "$page_sources"/package.json "$page_sources"/package-lock.json "$page_sources"/.npmrc "$packages"
  (cd "$packages" && npm ci --ignore-scripts --prefer-offline --no-audit --no-fund) >"$packages/npm.log" 2>&1 &&
    cp "$page_sources/package-lock.json" "$packages/installed"
fi
