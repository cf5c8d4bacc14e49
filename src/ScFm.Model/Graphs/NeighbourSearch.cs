namespace ScFm.Model.Graphs;

/// <summary>How nearest neighbours are searched.</summary>
public enum NeighbourSearch
{
    /// <summary>Exact up to <see cref="NeighbourOptions.ExactLimit"/> cells, by descent beyond.</summary>
    Automatic,

    /// <summary>Every pair of cells is compared: exact, quadratic in the number of cells.</summary>
    Exact,

    /// <summary>NN-descent (Dong, Charikar and Li, WWW 2011) started from random-projection trees: nearly exact, nearly linear.</summary>
    Descent,
}
