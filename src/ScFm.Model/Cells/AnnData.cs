using ScFm.Model.Tables;

namespace ScFm.Model.Cells;

/// <summary>Annotated cells, laid out as Python's anndata: a matrix of cells by genes, and what is known of both.</summary>
public sealed class AnnData : ICellSource
{
    private Table obs;
    private Table var;

    /// <summary>Makes annotated cells.</summary>
    /// <param name="x">The matrix, [cells, genes].</param>
    /// <param name="obsNames">One name a cell.</param>
    /// <param name="varNames">One name a gene.</param>
    /// <param name="obs">What is known of each cell. Default: nothing.</param>
    /// <param name="var">What is known of each gene. Default: nothing.</param>
    /// <exception cref="ArgumentException">A length differs from the matrix.</exception>
    public AnnData(CsrMatrix x, string[] obsNames, string[] varNames, Table? obs = null, Table? var = null)
    {
        Expect("cell names", obsNames.Length, x.Rows);
        Expect("gene names", varNames.Length, x.Columns);
        (X, ObsNames, VarNames) = (x, obsNames, varNames);
        Obs = this.obs = obs ?? new Table(x.Rows);
        Var = this.var = var ?? new Table(x.Columns);
    }

    /// <summary>The matrix, [cells, genes]: raw counts unless a reader's verdict says otherwise.</summary>
    public CsrMatrix X { get; }

    /// <summary>One name a cell (barcode).</summary>
    public string[] ObsNames { get; }

    /// <summary>One name a gene (symbol or Ensembl id).</summary>
    public string[] VarNames { get; }

    /// <summary>What is known of each cell, one row a cell.</summary>
    public Table Obs
    {
        get => obs;
        set
        {
            Expect("rows of obs", value.RowCount, X.Rows);
            obs = value;
        }
    }

    /// <summary>What is known of each gene, one row a gene.</summary>
    public Table Var
    {
        get => var;
        set
        {
            Expect("rows of var", value.RowCount, X.Columns);
            var = value;
        }
    }

    /// <summary>Matrices with a row a cell: embeddings and layouts, under names such as X_pca and X_umap.</summary>
    public Dictionary<string, DenseMatrix> Obsm { get; } = [];

    /// <summary>Other matrices of the same cells and genes.</summary>
    public Dictionary<string, CsrMatrix> Layers { get; } = [];

    /// <summary>Whatever else belongs to the file: strings, numbers, arrays and nested dictionaries.</summary>
    public Dictionary<string, object> Uns { get; } = [];

    /// <summary>What a reader left out or changed, one sentence each; empty where the file was taken whole.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Number of cells.</summary>
    public int CellCount => X.Rows;

    /// <summary>Number of genes.</summary>
    public int GeneCount => X.Columns;

    /// <summary>The same cells and genes with another matrix in the place of <see cref="X"/>; everything else is shared.</summary>
    /// <exception cref="ArgumentException">The matrix has another shape.</exception>
    public AnnData WithX(CsrMatrix x) => With(x, VarNames, Var, layer => layer);

    /// <summary>Copies the given genes, in the given order, of the matrix and the layers.</summary>
    public AnnData SelectGenes(ReadOnlySpan<int> genes)
    {
        var chosen = genes.ToArray();
        return With(X.SelectColumns(chosen), Array.ConvertAll(chosen, gene => VarNames[gene]), Var.Select(chosen), layer => layer.SelectColumns(chosen));
    }

    /// <summary>The same cells with other genes: obs, obsm, uns and notes are shared, the layers are passed through <paramref name="layer"/>.</summary>
    internal AnnData With(CsrMatrix x, string[] varNames, Table var, Func<CsrMatrix, CsrMatrix> layer)
    {
        var changed = new AnnData(x, ObsNames, varNames, Obs, var);
        foreach (var (name, matrix) in Obsm)
        {
            changed.Obsm[name] = matrix;
        }
        foreach (var (name, matrix) in Layers)
        {
            changed.Layers[name] = layer(matrix);
        }
        ShareRest(changed);
        return changed;
    }

    /// <summary>Copies the given cells, in the given order, with their rows of obs, obsm and layers.</summary>
    public AnnData SelectCells(ReadOnlySpan<int> cells)
    {
        var names = new string[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            names[i] = ObsNames[cells[i]];
        }
        var selected = new AnnData(X.SelectRows(cells), names, VarNames, Obs.Select(cells), Var);
        foreach (var (name, matrix) in Obsm)
        {
            selected.Obsm[name] = matrix.SelectRows(cells);
        }
        foreach (var (name, layer) in Layers)
        {
            selected.Layers[name] = layer.SelectRows(cells);
        }
        ShareRest(selected);
        return selected;
    }

    string ICellSource.Name => "cells in memory";

    string ICellSource.Identity => Fingerprint.Of(hash => hash.Add(Fingerprint.Of(this)).Add(Obs));

    string ICellSource.CountIdentity => Fingerprint.Of(this);

    string?[]? ICellSource.GeneIds => GenePlaces.IdsIn(Var);

    CsrMatrix ICellSource.Read(ReadOnlySpan<int> cells, CancellationToken cancellation) => X.SelectRows(cells);

    private void ShareRest(AnnData other)
    {
        foreach (var (name, value) in Uns)
        {
            other.Uns[name] = value;
        }
        other.Notes.AddRange(Notes);
    }

    private static void Expect(string what, int found, int expected)
    {
        if (found != expected)
        {
            throw new ArgumentException($"There are {found} {what}; expected {expected}, one for each of the matrix.");
        }
    }
}
