#include "client/cmd/cmd.h"
