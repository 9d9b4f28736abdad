/* waypoint.h - marks for the watcher, which the emulator does without. */
#pragma once
#define WAYPOINT(mark)
