using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Composition;

namespace ScFm.Model.Tests.Tasks.Composition;

/// <summary>Two tissues of simulated cells: "blood" with types T and B and some cells without a label, "skin" of one type; each tissue and type has genes of its own.</summary>
internal sealed class PlantedTissues
{
    internal const int Genes = 120;
    internal const int BGenes = 20; // the first ones: high in B cells alone

    private readonly Dictionary<string, AnnData> files = new()
    {
        ["blood"] = Simulate(90, seed: 1, tissue: 0, cell => cell % 9 == 0 ? null : cell % 3 == 0 ? "B" : "T"),
        ["skin"] = Simulate(60, seed: 2, tissue: 1, _ => "skin"),
    };

    /// <summary>Adds a file.</summary>
    internal PlantedTissues With(string path, AnnData cells)
    {
        files[path] = cells;
        return this;
    }

    internal AnnData this[string path] => files[path];

    internal Corpus Open(string path) => files.TryGetValue(path, out var cells) ? Corpus.Of(cells, path) : throw new FileNotFoundException($"There is no corpus '{path}'.", path);

    /// <summary>A plan that takes some seconds.</summary>
    internal static CompositionPlan Plan => new()
    {
        Sets = new Dictionary<string, PlannedSet> { ["blood"] = new() { Paths = ["blood"] }, ["skin"] = new() { Paths = ["skin"] } },
        Trainings = [new("Blood", [new("blood", 30)]), new("Blood + Skin", [new("blood", 30), new("skin", 20)])],
        Evaluations = [new("blood", "blood") { Share = 0.2 }, new("skin", "skin") { Share = 0.3 }],
        Models = [Quick()],
        Seeds = 2,
        VariableGenes = 60,
    };

    internal static PlannedModel Quick(string options = """{ "epochs": 12, "batchSize": 16, "config": { "hidden": 16, "layers": 1, "latent": 3, "observedLibrary": true } }""") =>
        new("ldvae") { Options = System.Text.Json.JsonDocument.Parse(options).RootElement };

    internal static AnnData Simulate(int cells, int seed, int tissue, Func<int, string?> type)
    {
        var random = new Random(seed);
        var counts = new DenseMatrix(cells, Genes);
        var types = Enumerable.Range(0, cells).Select(type).ToArray();
        for (var cell = 0; cell < cells; cell++)
        {
            for (var gene = 0; gene < Genes; gene++)
            {
                // Every gene has a level of its own; a tenth is high in one tissue, the first ones in B cells.
                var level = Math.Exp(Math.Sin(gene * 1.7) * 1.2) * (gene / 12 % 2 == tissue && gene >= BGenes ? 4 : 1) * (gene < BGenes && types[cell] == "B" ? 8 : 1);
                counts[cell, gene] = MathNet.Numerics.Distributions.Poisson.Sample(random, level);
            }
        }
        return new AnnData(
            CsrMatrix.FromDense(counts), [.. Enumerable.Range(0, cells).Select(cell => $"t{tissue}-{seed}-{cell}")], [.. Enumerable.Range(0, Genes).Select(gene => $"G{gene}")],
            new Table(CategoryColumn.FromLabels("cell_type", types)));
    }
}
