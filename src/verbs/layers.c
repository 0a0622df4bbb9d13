// SPDX-License-Identifier: MIT
/* nacre save, layers, export, import: the verbs on layers that stay. */
#include "verbs/verbs.h"

#include "nacre.h"

#include <stdio.h>
#include <stdlib.h>

/* Reads the words of a verb; true when its body shall run, else *ret_status is the answer. */
static bool begin(int argc, char **argv, struct nacre_plan *plan, struct nacre_error *error,
		  int *ret_status)
{
	int answer = nacre_plan_read(plan, argv[0], argc - 1, argv + 1, error);

	if (answer == 0)
		return true;
	*ret_status = answer == NACRE_HELP ? verb_print(nacre_help(argv[0]), 0)
					   : verb_fail(error, plan, verb_output(plan).json);
	return false;
}

/* ---- layers ---- */

static int list_layers(struct nacre_plan *plan, struct nacre_error *error)
{
	bool json = verb_output(plan).json;
	char *text = nacre_layers(plan, json, error);

	return text ? verb_print(text, 0) : verb_fail(error, plan, json);
}

static int layers(struct nacre_plan *plan, struct nacre_error *error)
{
	const char *const *words = nacre_plan_words(plan);
	struct nacre_output output = verb_output(plan);

	if (output.remove != !!words[0]) {
		(void)nacre_usage(error, "usage-words",
				  "layers --rm takes the names of layers, layers takes none",
				  "write nacre layers, or nacre layers --rm NAME");
		return verb_fail(error, plan, output.json);
	}
	if (!output.remove)
		return list_layers(plan, error);
	return nacre_layers_remove(plan, words, error) < 0 ? verb_fail(error, plan, output.json)
							   : 0;
}

int verb_layers(int argc, char **argv)
{
	struct nacre_plan *plan = verb_plan();
	struct nacre_error *error = nacre_error_new();
	int status;

	if (begin(argc, argv, plan, error, &status))
		status = layers(plan, error);
	nacre_error_free(error);
	nacre_plan_free(plan);
	return status;
}

/* ---- save ---- */

static int save(struct nacre_plan *plan, struct nacre_error *error)
{
	const char *const *words = nacre_plan_words(plan);
	bool named = words[0] && words[1];
	const char *layer = named ? words[1] : words[0];
	struct nacre_saved saved = { .size = sizeof(saved) };

	if (!layer || (named && words[2])) {
		(void)nacre_usage(error, "usage-words", "save takes a box and the name of a layer",
				  "write nacre save [NAME] LAYER");
		return verb_fail(error, plan, false);
	}
	if (nacre_layer_save(plan, named ? words[0] : NULL, layer, &saved, error) < 0)
		return verb_fail(error, plan, false);
	if (!verb_output(plan).quiet)
		(void)fprintf(stderr,
			      "nacre: layer %s has %llu object%s of box %s; "
			      "use it with: nacre run %s%s%s-l %s\n",
			      layer, (unsigned long long)saved.objects,
			      saved.objects == 1 ? "" : "s", saved.box, saved.root ? "--root " : "",
			      saved.root ? saved.root : "", saved.root ? " " : "", layer);
	free(saved.box);
	free(saved.root);
	return 0;
}

int verb_save(int argc, char **argv)
{
	struct nacre_plan *plan = verb_plan();
	struct nacre_error *error = nacre_error_new();
	int status;

	if (begin(argc, argv, plan, error, &status))
		status = save(plan, error);
	nacre_error_free(error);
	nacre_plan_free(plan);
	return status;
}

/* ---- export and import: read here for help and for what is wrong with the words, done by a program of their own ---- */

static int pack(int argc, char **argv)
{
	struct nacre_plan *plan = verb_plan();
	struct nacre_error *error = nacre_error_new();
	int status;

	if (begin(argc, argv, plan, error, &status)) {
		(void)nacre_archive(argv[0], argv + 1, error);
		status = verb_fail(error, plan, false);
	}
	nacre_error_free(error);
	nacre_plan_free(plan);
	return status;
}

int verb_export(int argc, char **argv)
{
	return pack(argc, argv);
}

int verb_import(int argc, char **argv)
{
	return pack(argc, argv);
}
