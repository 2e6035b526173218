/* export.h - what a shared libcare shows. */
#ifndef CARE_EXPORT_H
#define CARE_EXPORT_H
#if defined(_WIN32) && !defined(CARE_STATIC)
#ifdef CARE_BUILDING
#define CARE_API __declspec(dllexport)
#else
#define CARE_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define CARE_API __attribute__((visibility("default")))
#else
#define CARE_API
#endif
#endif
