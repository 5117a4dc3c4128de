#include "daemon/service/call/call.h"
