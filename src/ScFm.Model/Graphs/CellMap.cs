using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>Where cells lie and with which others they belong.</summary>
/// <param name="Representation">What distances were measured in, [cells, components].</param>
/// <param name="Neighbours">Each cell's nearest neighbours.</param>
/// <param name="Graph">UMAP's fuzzy graph, [cells, cells].</param>
/// <param name="Clusters">Leiden's clusters; null where igraph is not installed and no clusters could be made.</param>
/// <param name="Layout">Positions for looking at, [cells, 2].</param>
public sealed record CellMap(DenseMatrix Representation, Neighbours Neighbours, CsrMatrix Graph, Partition? Clusters, DenseMatrix Layout);
