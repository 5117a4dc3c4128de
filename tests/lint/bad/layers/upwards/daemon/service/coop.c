#include "daemon/rpc/run.h"
