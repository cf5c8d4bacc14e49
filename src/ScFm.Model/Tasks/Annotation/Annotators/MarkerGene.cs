namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>A gene that a logistic regression knows a type by.</summary>
/// <param name="Type">The type, as its place among all types.</param>
/// <param name="Gene">The gene, as its place among all genes.</param>
/// <param name="Coefficient">What one unit of log1p of counts per 10,000 adds to the type's log-odds; negative where the gene speaks against the type. Of two types, all are positive.</param>
/// <param name="Share">Share of the type's training cells that express the gene.</param>
/// <param name="Mean">The gene's mean log1p of counts per 10,000 in them.</param>
public readonly record struct MarkerGene(int Type, int Gene, double Coefficient, double Share, double Mean);
