/* SPDX-License-Identifier: Apache-2.0 */
/* The zones of this machine: those of its tz database, and the one it is set to. Any thread. */
#pragma once

#include "common/err.h"
#include "common/zone.h"

/* Reads a zone by its name in the tz database, such as America/Guatemala. ERR_INVALID_PARAM, naming the field zone, if
 * there is none. *ret is untouched on failure. */
int zone_file_load(const char *name, struct zone **ret, struct err *e);
/* The name of the zone that the machine is set to: by TZ, /etc/localtime or /etc/timezone; Etc/UTC if none of them
 * names one. */
const char *zone_file_own(char name[ZONE_NAME]);
