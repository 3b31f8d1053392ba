# Chooses the slot, counts the attempts, starts the kernel; the same on the board and in QEMU. U-Boot runs it.
# What is counted lies in the partition bootstate, in the format of U-Boot's environment, which RAUC reads and writes too.
echo "Modcall: boot script on ${devtype} ${devnum}"

# On a Raspberry Pi the usual places leave no room for a kernel of 39 MB between each other, and the script itself lies there.
if test "${board}" = rpi; then
  setenv kernel_addr_r 0x03000000
  setenv ramdisk_addr_r 0x08000000
  setenv loadaddr 0x0c000000
fi
setenv addr ${loadaddr}
test -n "${addr}" || setenv addr ${kernel_addr_r}

part start ${devtype} ${devnum} bootstate state
${devtype} dev ${devnum}
${devtype} read ${addr} ${state} 0x20
env delete -f BOOT_ORDER BOOT_A_LEFT BOOT_B_LEFT
if env import -c ${addr} 0x4000 BOOT_ORDER BOOT_A_LEFT BOOT_B_LEFT; then
  echo "Modcall: slots ${BOOT_ORDER}, attempts left: A ${BOOT_A_LEFT}, B ${BOOT_B_LEFT}"
else
  echo "Modcall: no boot state, or one that a power cut has torn; begins anew"
fi
test -n "${BOOT_ORDER}" || setenv BOOT_ORDER "A B"
test -n "${BOOT_A_LEFT}" || setenv BOOT_A_LEFT 3
test -n "${BOOT_B_LEFT}" || setenv BOOT_B_LEFT 3

setenv slot
for each in ${BOOT_ORDER}; do
  if test -n "${slot}"; then true;
  elif test "${each}" = A; then
    if test 0x${BOOT_A_LEFT} -gt 0; then setexpr BOOT_A_LEFT ${BOOT_A_LEFT} - 1; setenv slot a; setenv name A; fi
  elif test "${each}" = B; then
    if test 0x${BOOT_B_LEFT} -gt 0; then setexpr BOOT_B_LEFT ${BOOT_B_LEFT} - 1; setenv slot b; setenv name B; fi
  fi
done
if test -z "${slot}"; then
  echo "Modcall: no attempt is left, so both slots get three again"
  setenv BOOT_A_LEFT 3
  setenv BOOT_B_LEFT 3
fi
env export -c -s 0x4000 ${addr} BOOT_ORDER BOOT_A_LEFT BOOT_B_LEFT
${devtype} write ${addr} ${state} 0x20
test -n "${slot}" || reset

echo "Modcall: starts slot ${name}"
part number ${devtype} ${devnum} boot-${slot} boot
setenv bootargs "root=PARTLABEL=system-${slot} ro panic=10 rauc.slot=${name} quiet"
# Where the firmware partition has this file, it adds to the kernel's arguments; QEMU's console, for instance.
if test -e ${devtype} ${devnum}:${distro_bootpart} kernel.env; then
  load ${devtype} ${devnum}:${distro_bootpart} ${addr} kernel.env && env import -t ${addr} ${filesize} && setenv bootargs "${bootargs} ${kernel_args}"
fi
load ${devtype} ${devnum}:${boot} ${kernel_addr_r} vmlinuz || reset
load ${devtype} ${devnum}:${boot} ${ramdisk_addr_r} initrd.img || reset
booti ${kernel_addr_r} ${ramdisk_addr_r}:${filesize} ${fdt_addr}
echo "Modcall: the kernel did not start"
reset
