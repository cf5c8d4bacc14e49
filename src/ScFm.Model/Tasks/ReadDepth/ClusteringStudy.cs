using System.Diagnostics;
using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.Display;
using ScFm.Model.Metrics;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>How well the types of shallow cells are found after enhancement.</summary>
/// <remarks>Source: scFoundation, Fig. 2C and D.</remarks>
/// <param name="Outcomes">Every view with every seed.</param>
/// <param name="Types">The reference type of each cell of the layouts, which are those of seed 0.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record ClusteringStudy(IReadOnlyList<ClusteringOutcome> Outcomes, IReadOnlyList<string> Types) : ScoredStudy
{
    /// <summary>Thins cells, sees them in every way, and clusters what is seen.</summary>
    /// <param name="cells">Cells with raw counts that no method was trained on; at least three.</param>
    /// <param name="types">The type of each cell; cells without one are left out. Null: Leiden's clusters of the deep cells.</param>
    /// <param name="views">What is clustered.</param>
    /// <param name="options">How. Default: see there.</param>
    /// <param name="store">Where results are kept. Default: nowhere.</param>
    /// <param name="progress">Told before every result. Default: nobody.</param>
    /// <param name="cancellation">Stops between two steps; the results so far are kept in the store.</param>
    /// <exception cref="DllNotFoundException">igraph's library, which clusters, is not on this machine.</exception>
    /// <exception cref="InvalidDataException">The values are not raw counts, or there are fewer than two types.</exception>
    public static ClusteringStudy Run(
        AnnData cells, IReadOnlyList<string?>? types, IReadOnlyList<CellView> views, ClusteringStudyOptions? options = null, ResultStore? store = null,
        IProgress<StudyStep>? progress = null, CancellationToken cancellation = default)
    {
        options = Options.Validate(options ?? new());
        if (types is not null)
        {
            int[] typed = [.. Enumerable.Range(0, cells.CellCount).Where(cell => types[cell] is not null)];
            (cells, types) = (cells.SelectCells(typed), [.. typed.Select(cell => types[cell])]);
        }
        var data = Fingerprint.Of(cells);
        var named = types is null ? cells : new AnnData(cells.X, cells.ObsNames, cells.VarNames, new Table(new TextColumn(ReferenceCells.TypeColumn, [.. types])));
        ReferenceCells Reference(int seed) => ReferenceCells.Of(DepthPair.Thin(named, options.Rate, seed), options, cancellation);
        var ofLayouts = Reference(0);
        var runs =
            from seed in Enumerable.Range(0, options.Seeds)
            let reference = seed == 0 ? ofLayouts : Reference(seed)
            from view in views
            select new StudyRun<ClusteringOutcome>(
                "clustering", $"{view.Name}, seed {seed}", $"cells {data}, types {string.Join(",", reference.Types)}, seed {seed}, {options}; {view.Settings}",
                () => reference.Cluster(view, seed, options, cancellation));
        return new ClusteringStudy(StudyLoop.Run(runs, options.Seeds * views.Count, store, progress, cancellation), ofLayouts.Types);
    }

    /// <summary>Each view over all seeds, in the order of the tables.</summary>
    public IReadOnlyList<ClusteringSummary> Summaries =>
        [.. Outcomes.GroupBy(outcome => outcome.View).Select(group => new ClusteringSummary(group.Key, [.. group.OrderBy(outcome => outcome.Seed)]))];

    /// <summary>Rows: views; columns: the scores, clusters and the wall time, as mean ± half of the 95% interval over seeds.</summary>
    public override Table ToTable()
    {
        var rows = Summaries;
        return new Table(
        [
            new TextColumn("view", [.. rows.Select(row => row.View)]),
            .. ClusteringMeasures.All.Select(measure => new TextColumn(measure.Name, [.. rows.Select(row => row.Of(measure).ToString(measure.Format))])),
            new TextColumn("clusters / types", [.. rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Outcomes.Average(o => o.Clusters):0.#} / {row.Outcomes.Average(o => o.Types):0.#}"))]),
            new TextColumn("seconds", [.. rows.Select(row => row.Seconds.ToString("F1"))]),
        ]);
    }

    /// <summary>What the scores say of the views that are told a depth beside all others, and of how much the asked depth changes: one sentence a measure and a kind of view.</summary>
    public IEnumerable<string> Findings()
    {
        var rows = Summaries.Where(row => row.View != CellView.AllReads.Name).ToList();
        foreach (var measure in ClusteringMeasures.All)
        {
            var told = rows.Where(row => row.Fold is not null && !double.IsNaN(row.Of(measure).Mean)).ToList();
            var others = rows.Where(row => row.Fold is null && !double.IsNaN(row.Of(measure).Mean)).ToList();
            if (told.Count == 0 || others.Count == 0)
            {
                continue;
            }
            var (best, rival) = (told.MaxBy(row => row.Of(measure).Mean)!, others.MaxBy(row => row.Of(measure).Mean)!);
            var difference = MeanInterval.Of(best.Outcomes.Zip(rival.Outcomes, (a, b) => measure.Of(a) - measure.Of(b)));
            var verdict = difference.Low > 0 ? "is above" : difference.High < 0 ? "is below" : "cannot be told from";
            verdict = double.IsNaN(difference.HalfWidth) ? (difference.Mean > 0 ? "is above (one seed)" : "is not above (one seed)") : verdict;
            yield return $"{measure.Name}: {best.View}, the best of {told.Count} that are told a depth ({best.Of(measure)}), {verdict} {rival.View}, the best of {others.Count} that are not ({rival.Of(measure)}).";
        }
        foreach (var kind in rows.Where(row => row.Fold is not null).GroupBy(row => row.Kind).Where(kind => kind.Count() > 1))
        {
            double[] ari = [.. kind.Select(row => row.Of(ClusteringMeasures.All[1]).Mean)];
            yield return FormattableString.Invariant(
                $"Asked depth: from T = {kind.Min(row => row.Fold)} S to {kind.Max(row => row.Fold)} S the ARI of {kind.Key} lies between {ari.Min():F3} and {ari.Max():F3}{(ari.Max() - ari.Min() < 0.0005 ? ": what was asked makes no difference" : "")}.");
        }
    }
}
