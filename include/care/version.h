/* version.h - the one place where the version stands; CMake reads it from here. */
#ifndef CARE_VERSION_H
#define CARE_VERSION_H
#define CARE_VERSION_MAJOR 0
#define CARE_VERSION_MINOR 1
#define CARE_VERSION_PATCH 0
#endif
