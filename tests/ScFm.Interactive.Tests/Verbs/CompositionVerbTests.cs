using System.Text.Json;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Figures.Marks;
using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model.Tasks.Composition;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class CompositionVerbTests(FewCells few) : IClassFixture<FewCells>
{
    [Fact]
    public void A_plan_gives_a_map_of_scores_their_errors_a_page_and_json()
    {
        var (notebook, folder) = (few.Notebook(), few.Within("composition"));
        notebook.Run($"composition --plan \"{Plan("plan.json")}\" --folder \"{folder}\"");

        var study = Assert.IsType<CompositionStudy>(notebook["study"]);
        Assert.Equal(["All", "Few"], study.Trainings);
        Assert.Contains(notebook.Shown, shown => Text(shown).Contains("LDVAE: R² in numbers, change from All in colour: heat map of 2 x 1 values", StringComparison.Ordinal));
        Assert.Contains(notebook.Shown, shown => Text(shown).Contains("over seeds (thick) and over cells (thin)", StringComparison.Ordinal));

        var page = File.ReadAllText(Path.Combine(folder, "composition.html"));
        Assert.Contains("Both are Bonferroni-corrected for 1 comparisons", page);
        Assert.Contains("How much of a latent space does All", page);
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "composition.json")));
        Assert.Equal(study.Outcomes.Count, json.RootElement.GetProperty("outcomes").GetArrayLength());
        Assert.Contains("seed 1", json.RootElement.GetProperty("about").GetProperty("training Few").GetString()!);
        Assert.NotEqual(0, json.RootElement.GetProperty("sections").GetArrayLength());
        Assert.Equal(4, Directory.GetFiles(Path.Combine(folder, "models"), "*.safetensors").Length);
    }

    [Fact]
    public void The_map_writes_every_score_into_its_place_and_leaves_the_baseline_white()
    {
        var study = ScFm.Interactive.Verbs.Verbs.Composition(CompositionPlan.Read(Plan("map.json")), few.Within("map"));
        var panel = Plots.Composition(study).Panels[0];
        var map = Assert.IsType<HeatMap>(panel.Marks[0]);
        Assert.Equal(0, map.Values[0]);
        Assert.Equal((float)study.Compare("LDVAE", "cells", "Few", "All").Log2Fold.Mean, map.Values[1]);
        Assert.Equal(-map.Range!.Value.Least, map.Range.Value.Greatest);
        var texts = Assert.IsType<Texts>(panel.Marks[1]);
        Assert.StartsWith(study.Score("LDVAE", "All", "cells").Mean.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture), texts.Labels[0]);
        Assert.Equal([0.5, 1.5], texts.Y);
        Assert.Throws<KeyNotFoundException>(() => Plots.Composition(study, "scVI"));
    }

    [Fact]
    public void A_wrong_plan_is_told_in_one_sentence()
    {
        File.WriteAllText(few.Within("wrong.json"), File.ReadAllText(Plan("right.json")).Replace("[\"cells\", 20]", "[\"bone\", 20]"));
        var error = Assert.Throws<VerbException>(() => few.Notebook().Run($"composition --plan \"{few.Within("wrong.json")}\" --folder \"{few.Within("wrong")}\""));
        Assert.EndsWith("trainings[0].mix[0] is 'bone', which is no set; expected one of cells.", error.Message);
    }

    private string Plan(string name)
    {
        File.WriteAllText(few.Within(name), $$"""
            {
              "sets": { "cells": { "paths": ["{{Path.GetFileName(few.File)}}"] } },
              "trainings": [{ "name": "All", "mix": [["cells", 20]] }, { "name": "Few", "mix": [["cells", 10]] }],
              "evaluations": [{ "name": "cells", "set": "cells", "share": 0.5 }],
              "models": [{ "kind": "ldvae", "options": { "epochs": 2, "config": { "hidden": 8, "latent": 2, "layers": 1, "observedLibrary": true } } }],
              "seeds": 2, "mostGenes": 100
            }
            """);
        return few.Within(name);
    }

    private static string Text(MimeBundle shown) => (string)shown.Data["text/plain"];
}
