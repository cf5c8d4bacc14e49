using System.Text.Json.Nodes;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Tasks;

/// <summary>One run of the reference's get_embedding.py: its arguments in our terms, and what it gave.</summary>
internal sealed class PipelineRun
{
    private const string Case = "embedding_pipeline";

    private readonly Golden golden;
    private readonly string name;
    private readonly Dictionary<string, string> arguments = [];

    private PipelineRun(Golden golden, string name)
    {
        (this.golden, this.name) = (golden, name);
        var run = golden.Json["runs"]![name]!;
        foreach (var pair in run["arguments"]!.AsArray().Select(argument => argument!.GetValue<string>()).Chunk(2))
        {
            arguments[pair[0][2..]] = pair[1];
        }
        Cells = AnnDataReader.Read(TestFolders.Fixture(run["input"]!.GetValue<string>()), new ReadOptions { Cells = CellPlacement.Rows });
        var genes = golden.Config["gene_list"]!.AsArray().Select(gene => gene!.GetValue<string>());
        var key = Output != "cell" ? "gene" : arguments["version"] == "rde" ? "rde" : "cell";
        Model = TinyCheckpoint.Model(key, new GeneVocabulary(genes));
    }

    /// <summary>Every run that the fixture lists; one empty name where it is absent, so that the test can say so.</summary>
    public static TheoryData<string> Names() => Directory.Exists(TestFolders.Fixtures)
        ? [.. JsonNode.Parse(File.ReadAllText(TestFolders.Fixture(Case + ".json")))!["runs"]!.AsObject().Select(run => run.Key)]
        : [""];

    public static PipelineRun Read(string name) => new(Golden.Read(name.Length == 0 ? "" : Case), name);

    public AnnData Cells { get; }

    public ScFoundationModel Model { get; }

    /// <summary>cell, gene, gene_batch or gene_expression.</summary>
    public string Output => arguments["output_type"];

    public Depth Depth => Depth.Parse(arguments["tgthighres"]);

    public InputOptions Input => new()
    {
        Kind = arguments["input_type"] == "bulk" ? SampleKind.Bulk : SampleKind.SingleCell,
        Scale = arguments["pre_normalized"] switch { "F" => ValueScale.Counts, "T" => ValueScale.LogNormalised, _ => ValueScale.LogNormalisedWithTotals },
        Compat = Compat.Reference,
    };

    /// <summary>What the script saved.</summary>
    public Tensor Saved => golden["out." + name];

    /// <summary>The rows that its model read, [cells, genes + 2].</summary>
    public double[][] Rows
    {
        get
        {
            var rows = golden["rows." + name].to(ScalarType.Float64);
            return [.. Enumerable.Range(0, (int)rows.shape[0]).Select(row => rows[row].data<double>().ToArray())];
        }
    }

    /// <summary>The cell of a row: where a cell was decoded by itself, the fixture caught each row twice.</summary>
    public int CellOfRow(int row) => Output is "gene" or "gene_expression" ? row / 2 : row;

    /// <summary>The same array from this project.</summary>
    public Tensor Compute(InputOptions? input = null)
    {
        input ??= Input;
        switch (Output)
        {
            case "cell":
                var pooling = arguments["pool_type"] == "max" ? Pooling.Max : Pooling.All;
                return From(Embedding.Run(Model, Cells, new EmbeddingOptions { Pooling = pooling, Depth = Depth, Input = input }));
            case "gene_expression":
                return From(Enhancement.Run(Model, Cells, new EnhancementOptions { Depth = Depth, Folds = 1, Input = input }));
            default:
                var vectors = new Tensor[Cells.CellCount];
                var options = new GeneEmbeddingOptions { Depth = Depth, OneBatch = Output == "gene_batch", Input = input };
                GeneEmbedding.Stream(Model, Cells, (cell, genes) => vectors[cell] = From(genes).DetachFromDisposeScope(), options);
                return stack(vectors);
        }
    }

    private static Tensor From(DenseMatrix matrix) => tensor(matrix.Values, new long[] { matrix.Rows, matrix.Columns });
}
