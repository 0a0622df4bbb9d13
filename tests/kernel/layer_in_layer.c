// SPDX-License-Identifier: MIT
/*
 * May a layer lie in another one?
 *
 * No (ELOOP, also through a bind): but it may lie in one that is shown through an overlay of its own, and whiteouts in it take
 * away what that shows. enter/overlay.c does so for a saved layer, which lies in the home and so in the base.
 */
#include "kernel.h"

TEST(kernel, layer_in_layer)
{
	ENTER();
	NEEDS_OVERLAY();
	kernel_dirs("base base/layer empty shield bound merged");
	require(kernel_write("base/file", "") && mknod("base/layer/file", S_IFCHR, 0) == 0);
	check(answer(kernel_overlay("merged", "userxattr,lowerdir=base/layer:base")) == ELOOP);
	require(sys_mount("base", "bound", NULL, MS_BIND, NULL) == 0);
	check(answer(kernel_overlay("merged", "userxattr,lowerdir=base/layer:bound")) == ELOOP);

	require(kernel_overlay("shield", "userxattr,lowerdir=empty:base") == 0);
	check(kernel_exists("shield/file"));
	check(answer(kernel_overlay("merged", "userxattr,lowerdir=base/layer:shield")) == 0);
	check(kernel_exists("merged/layer") && !kernel_exists("merged/file"));
}
