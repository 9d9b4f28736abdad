// Says where it is, in each spelling; a kernel that only transfers needs no
// include for it.
void kernel_main() {
  const uint32_t x = get_absolute_logical_x();
  DPRINT << "core " << x << "," << U32(get_absolute_logical_y()) << ENDL();
  DPRINT_DATA0(DPRINT << "brisc\n");
  DPRINT_DATA1(DPRINT << "ncrisc\n");
  DEVICE_PRINT_DATA0("brisc {} of {}\n", x, get_relative_logical_x());
  DEVICE_PRINT_DATA1("ncrisc {}\n", x);
  // Coordinates given as integers are no page of a generator.
  DPRINT << "address " << HEX << (get_noc_addr(1, 0, 0x20000) & 0xfffff)
         << ENDL();
}
