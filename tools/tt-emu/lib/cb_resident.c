/* cb_resident.c - rings in an L1 buffer of the host that have one side only.
 *
 * Data that is there before the program needs no wait, and a result that stays
 * there after it needs no reserve: nobody else touches the pages. Whether
 * somebody does shows only later, so the first such read or write is remembered
 * and reported when the other side appears.
 */
#include "machine.h"

bool cb_resident_read(EmuFiber *fiber, EmuCb *cb) {
  if (!cb->global || cb->received || cb->awaited)
    return false;
  if (!cb->reads_resident) {
    cb->reads_resident = fiber;
    cb->read_at = fiber->site;
  }
  return true;
}

bool cb_resident_write(EmuFiber *fiber, EmuCb *cb) {
  if (!cb->global || cb->awaited)
    return false;
  if (!cb->writes_resident) {
    cb->writes_resident = fiber;
    cb->written_at = fiber->site;
  }
  return true;
}

void cb_meets_producer(EmuCb *cb) {
  if (!cb->reads_resident)
    return;
  emu_report_at(cb->reads_resident, cb->read_at, EMU_CB_READ_UNWAITED,
                "pages of circular buffer %u are read without a wait, and %s "
                "pushes to it",
                cb->id, emu_risc_name(emu_current()->risc));
  cb->reads_resident = NULL;
}

void cb_meets_consumer(EmuCb *cb) {
  if (!cb->writes_resident)
    return;
  emu_report_at(cb->writes_resident, cb->written_at, EMU_CB_WRITE_UNRESERVED,
                "pages of circular buffer %u are written without a reserve, "
                "and %s waits for them",
                cb->id, emu_risc_name(emu_current()->risc));
  cb->writes_resident = NULL;
}
