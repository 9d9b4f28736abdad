/* kernel_profiler.hpp - profiler zones, which cost nothing here. */
#pragma once
#define DeviceZoneScopedN(name)
#define DeviceZoneScopedMainN(name)
#define DeviceZoneScopedMainChildN(name)
#define DeviceTimestampedData(name, data)
#define DeviceRecordEvent(id)
