#include "client/call/rpc.h"
