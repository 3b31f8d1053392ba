# shellcheck shell=bash
# What the scripts of the emulated board share. Sourced by them.
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

# Without ACPI the kernel goes by the tree of the board, where the HAT is.
readonly virtual_board=(-machine virt,gic-version=2,acpi=off -cpu cortex-a72 -smp 2 -m 1024)
