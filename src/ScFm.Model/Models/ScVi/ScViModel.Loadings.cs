using ScFm.Model.Cells;
using ScFm.Model.Tables;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

public sealed partial class ScViModel
{
    /// <summary>What latent variables are called in tables, as in scvi-tools: Z_0, Z_1, ...</summary>
    /// <param name="latent">Which one, from 0.</param>
    public static string LatentName(int latent) => FormattableString.Invariant($"Z_{latent}");

    /// <summary>How each latent variable moves each gene: the weights of a linear decoder as evaluation applies them.</summary>
    /// <returns>[genes, latent], in logarithms of a gene's share before all shares are brought to the sum 1.</returns>
    /// <exception cref="InvalidOperationException">The decoder is a network.</exception>
    public DenseMatrix Loadings()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        return new DenseMatrix(Module.Genes, Module.Config.Latent, Module.Loadings.cpu().contiguous().data<float>().ToArray());
    }

    /// <summary>The loadings less each latent variable's mean over the genes, which the softmax does not pass on, [genes, latent].</summary>
    /// <exception cref="InvalidOperationException">The decoder is a network.</exception>
    public DenseMatrix CentredLoadings()
    {
        var loadings = Loadings();
        for (var latent = 0; latent < loadings.Columns; latent++)
        {
            var mean = Enumerable.Range(0, loadings.Rows).Average(gene => loadings[gene, latent]);
            for (var gene = 0; gene < loadings.Rows; gene++)
            {
                loadings[gene, latent] -= mean;
            }
        }
        return loadings;
    }

    /// <summary>The loadings with names: a row a gene, a column Z_0, Z_1, ... a latent variable.</summary>
    /// <exception cref="InvalidOperationException">The decoder is a network.</exception>
    public Table LoadingTable()
    {
        var loadings = Loadings();
        return new Table(
        [
            new TextColumn("gene", [.. Genes.Names]),
            .. Enumerable.Range(0, loadings.Columns).Select(latent => new NumberColumn(LatentName(latent), [.. Enumerable.Range(0, loadings.Rows).Select(gene => (double)loadings[gene, latent])], "F3")),
        ]);
    }

    /// <summary>The genes that each latent variable moves most, up and down.</summary>
    /// <param name="genes">Genes a direction, 1 or more. Default: 10.</param>
    /// <returns>A row a latent variable: its name, the genes it raises and those it lowers, most moved first; a variable's sign is arbitrary, the contrast is not.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one gene is asked for.</exception>
    /// <exception cref="InvalidOperationException">The decoder is a network.</exception>
    public Table TopLoadings(int genes = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(genes, 1);
        var loadings = Loadings();
        var ranked = Enumerable.Range(0, loadings.Columns)
            .Select(latent => Enumerable.Range(0, loadings.Rows).OrderByDescending(gene => loadings[gene, latent]).ToArray()).ToArray();
        string Names(IEnumerable<int> places) => string.Join(", ", places.Take(genes).Select(gene => Genes.Names[gene]));
        return new Table(
            new TextColumn("latent", [.. Enumerable.Range(0, loadings.Columns).Select(LatentName)]),
            new TextColumn("raises", [.. ranked.Select(Names)]),
            new TextColumn("lowers", [.. ranked.Select(order => Names(order.Reverse()))]));
    }
}
