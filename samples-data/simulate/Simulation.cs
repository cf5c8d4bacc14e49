using MathNet.Numerics.Distributions;

namespace ScFm.Simulate;

/// <summary>
/// Draws cells by a gamma-Poisson model. The mean of gene g in cell c is
/// depth(c) * share(c, g), where share is the softmax over genes of
/// base(g) + marker(type(c), g) + sum over programmes of activity(c, p) * loading(p, g),
/// and the count is Poisson with a gamma-distributed rate of that mean and the gene's own dispersion: negative binomial.
/// </summary>
internal sealed class Simulation
{
    internal const int DefaultSeed = 20240606;

    private const int GeneCount = 2000;
    private const double MedianDepth = 2500;
    private const double DepthSpread = 0.38;
    private const int NamelessModules = 12;
    private const int ModuleSize = 30;

    private readonly Random random;
    private readonly List<string> genes = [];
    private readonly Dictionary<string, int> indexOf = [];
    private readonly List<(Programme Programme, double[] Loading)> programmes = [];
    private double[] baseline = [];
    private double[] dispersion = [];

    internal Simulation(int seed) => random = new MathNet.Numerics.Random.MersenneTwister(seed);

    internal sealed record Cell(string Barcode, string Type, int[] Counts);

    internal IReadOnlyList<string> GeneNames => genes;

    internal IReadOnlyList<Cell> Draw()
    {
        NameGenes();
        DrawBaseline();
        DrawProgrammes();
        var markers = CellType.All.ToDictionary(type => type, Markers);
        var cells = new List<Cell>();
        foreach (var type in CellType.All)
        {
            for (var i = 0; i < type.Cells; i++)
            {
                cells.Add(new Cell(Barcode(), type.Name, DrawCell(type, markers[type])));
            }
        }
        // Cell Ranger sorts by barcode, so the types come mixed.
        return [.. cells.OrderBy(cell => cell.Barcode, StringComparer.Ordinal)];
    }

    private void NameGenes()
    {
        foreach (var gene in (IEnumerable<string>)[.. Genes.Household, .. Genes.Ribosomal, .. Genes.Mitochondrial, .. CellType.All.SelectMany(type => type.Markers), .. Programme.All.SelectMany(programme => programme.Genes)])
        {
            AddGene(gene);
        }
        for (var number = 1; genes.Count < GeneCount; number++)
        {
            AddGene($"SIM{number:0000}");
        }
    }

    private void AddGene(string gene)
    {
        if (indexOf.TryAdd(gene, genes.Count))
        {
            genes.Add(gene);
        }
    }

    // Log means are wide, as in 10x data: a few genes hold most of the reads, most genes are seen in few cells.
    private void DrawBaseline()
    {
        var named = genes.FindIndex(gene => gene.StartsWith("SIM", StringComparison.Ordinal));
        baseline = [.. genes.Select((_, i) => Normal.Sample(random, i < named ? -1.7 : -0.2, i < named ? 0.6 : 1.6))];
        Level(Genes.Ribosomal, 3.6, 0.5);
        Level(Genes.Mitochondrial, 2.3, 0.6);
        Level(Genes.Household, 3.4, 0.8);
        baseline[indexOf["MALAT1"]] = 5.6;
        baseline[indexOf["B2M"]] = 4.9;
        // The dispersion of a gene falls with its mean towards a floor of 0.1, and differs between genes of one mean.
        dispersion = [.. baseline.Select(level => (0.1 + 0.4 / (1 + Math.Exp(level))) * Math.Exp(Normal.Sample(random, 0, 0.3)))];
    }

    private void Level(string[] group, double mean, double spread)
    {
        foreach (var gene in group)
        {
            baseline[indexOf[gene]] = Normal.Sample(random, mean, spread);
        }
    }

    private void DrawProgrammes()
    {
        var all = Programme.All.ToList();
        var nameless = genes.Where(gene => gene.StartsWith("SIM", StringComparison.Ordinal)).ToArray();
        for (var module = 0; module < NamelessModules; module++)
        {
            all.Add(new Programme($"module {module + 1}", nameless[(module * ModuleSize)..((module + 1) * ModuleSize)], 0.8, 1));
        }
        all.Add(new Programme("ribosome", Genes.Ribosomal, 0.25, 1));
        all.Add(new Programme("mitochondria", Genes.Mitochondrial, 0.35, 1));
        foreach (var programme in all)
        {
            var loading = new double[genes.Count];
            foreach (var gene in programme.Genes)
            {
                loading[indexOf[gene]] = programme.Strength * ContinuousUniform.Sample(random, 0.6, 1.2);
            }
            programmes.Add((programme, loading));
        }
    }

    // Markers are graded: the first is about 120 times its level elsewhere, the last about 12 times. Each type also moves nameless genes a little.
    private double[] Markers(CellType type)
    {
        var shift = new double[genes.Count];
        for (var rank = 0; rank < type.Markers.Length; rank++)
        {
            shift[indexOf[type.Markers[rank]]] = 4.8 - 2.3 * rank / type.Markers.Length;
        }
        for (var gene = 0; gene < genes.Count; gene++)
        {
            var moved = random.NextDouble() < 0.08;
            var by = Normal.Sample(random, 0, 0.8);
            shift[gene] += moved && genes[gene].StartsWith("SIM", StringComparison.Ordinal) ? by : 0;
        }
        return shift;
    }

    private int[] DrawCell(CellType type, double[] marker)
    {
        var level = new double[genes.Count];
        for (var gene = 0; gene < level.Length; gene++)
        {
            level[gene] = baseline[gene] + marker[gene];
        }
        foreach (var (programme, loading) in programmes)
        {
            var runs = random.NextDouble() < programme.Share && (programme.Types.Length == 0 || programme.Types.Contains(type.Name));
            var activity = Normal.Sample(random, 0, 1);
            // A programme of few cells is on where it runs; one of all cells is stronger here and weaker there.
            activity = !runs ? 0 : programme.Share < 1 ? 1 + 0.3 * activity : activity;
            for (var gene = 0; gene < level.Length && runs; gene++)
            {
                level[gene] += activity * loading[gene];
            }
        }
        var depth = MedianDepth * type.Depth / 1.1 * Math.Exp(Normal.Sample(random, 0, DepthSpread));
        var sum = level.Sum(Math.Exp);
        return [.. level.Select((log, gene) => Count(depth * Math.Exp(log) / sum, dispersion[gene]))];
    }

    private int Count(double mean, double dispersion) =>
        Poisson.Sample(random, Gamma.Sample(random, 1 / dispersion, 1 / (dispersion * mean)));

    private string Barcode() => string.Concat(Enumerable.Range(0, 16).Select(_ => "ACGT"[random.Next(4)])) + "-1";
}
