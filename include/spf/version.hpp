/// \file version.hpp  The version of these headers (semantic versioning). The build reads the
/// version from this file.
#pragma once

/// The major version. Before 1.0.0, each minor version may change the API and the ABI.
#define SPF_VERSION_MAJOR 0
/// The minor version.
#define SPF_VERSION_MINOR 2
/// The patch version.
#define SPF_VERSION_PATCH 0

/// The major, minor and patch version as one text.
#define SPF_VERSION_STRING "0.2.0"
