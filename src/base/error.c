// SPDX-License-Identifier: MIT
/* The error value: filling it. Nothing here prints, allocates or exits. */
#include "base/error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Formats into a field; what does not fit ends in an ellipsis, so that a cut is seen. */
__attribute__((format(printf, 3, 0))) static void format_field(char *field, size_t size,
							       const char *format, va_list args)
{
	int n = vsnprintf(field, size, format, args);

	if (n >= 0 && (size_t)n >= size)
		memcpy(field + size - 4, "...", 4);
}

int fail(struct error *err, enum error_kind kind, int sys, const char *format, ...)
{
	va_list args;

	*err = (struct error){ .kind = kind, .sys = sys, .step = -1, .status = STATUS_FAILED };
	va_start(args, format);
	format_field(err->message, sizeof(err->message), format, args);
	va_end(args);
	return -1;
}

int fail_at(struct error *err, enum error_call call, const char *object)
{
	err->call = call;
	(void)snprintf(err->object, sizeof(err->object), "%s", object ? object : "");
	return -1;
}

int fail_call(struct error *err, enum error_call call, const char *object)
{
	int sys = errno;

	*err = (struct error){
		.kind = ERROR_SYSTEM, .sys = sys, .step = -1, .status = STATUS_FAILED
	};
	return fail_at(err, call, object);
}

int fail_message(struct error *err, const char *format, ...)
{
	va_list args;

	if (err->message[0])
		return -1;
	va_start(args, format);
	format_field(err->message, sizeof(err->message), format, args);
	va_end(args);
	return -1;
}

void error_fact(struct error *err, const char *format, ...)
{
	size_t used = strlen(err->facts);
	va_list args;

	if (used && used + 1 < sizeof(err->facts)) {
		err->facts[used++] = '\n';
		err->facts[used] = '\0';
	}
	if (sizeof(err->facts) - used < 8)
		return;
	va_start(args, format);
	format_field(err->facts + used, sizeof(err->facts) - used, format, args);
	va_end(args);
}

void error_explain(struct error *err, const char *name, const char *reason, const char *fix)
{
	if (name)
		(void)snprintf(err->name, sizeof(err->name), "%s", name);
	if (reason)
		(void)snprintf(err->reason, sizeof(err->reason), "%s", reason);
	if (fix)
		(void)snprintf(err->fix, sizeof(err->fix), "%s", fix);
}

void error_set_reason(struct error *err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	format_field(err->reason, sizeof(err->reason), format, args);
	va_end(args);
}

void error_set_fix(struct error *err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	format_field(err->fix, sizeof(err->fix), format, args);
	va_end(args);
}

const char *errno_text(int sys)
{
	return strerror(sys);
}

static const struct {
	int sys;
	const char *name;
} errno_names[] = {
#define NAME(e)       \
	{             \
		e, #e \
	}
	NAME(EPERM),   NAME(ENOENT),	   NAME(ESRCH),	     NAME(EINTR),     NAME(EIO),
	NAME(ENXIO),   NAME(E2BIG),	   NAME(ENOEXEC),    NAME(EBADF),     NAME(ECHILD),
	NAME(EAGAIN),  NAME(ENOMEM),	   NAME(EACCES),     NAME(EFAULT),    NAME(EBUSY),
	NAME(EEXIST),  NAME(EXDEV),	   NAME(ENODEV),     NAME(ENOTDIR),   NAME(EISDIR),
	NAME(EINVAL),  NAME(ENFILE),	   NAME(EMFILE),     NAME(ENOTTY),    NAME(ETXTBSY),
	NAME(EFBIG),   NAME(ENOSPC),	   NAME(EROFS),	     NAME(EMLINK),    NAME(EPIPE),
	NAME(ERANGE),  NAME(ENAMETOOLONG), NAME(ENOSYS),     NAME(ENOTEMPTY), NAME(ELOOP),
	NAME(ENODATA), NAME(EOVERFLOW),	   NAME(EOPNOTSUPP), NAME(EUSERS),    NAME(ESTALE),
	NAME(EDQUOT),  NAME(ETIMEDOUT),
#undef NAME
};

const char *errno_name(int sys)
{
	for (size_t i = 0; i < sizeof(errno_names) / sizeof(errno_names[0]); i++)
		if (errno_names[i].sys == sys)
			return errno_names[i].name;
	return "?";
}
