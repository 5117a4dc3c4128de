#include "client/cli/settings.h"
