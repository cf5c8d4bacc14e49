using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScGpt;

/// <summary>Predicts a gene's value from the cell's vector and the gene's embedding alone, so that the vector learns to hold the cell (MVC).</summary>
internal sealed class CellDecoder : nn.Module
{
    private const long QueryWidth = 64; // of ConcatQuery, as in the reference

    private readonly Linear gene2query;
    private readonly Linear? W;
    private readonly Linear? W_zero_logit;
    private readonly Linear? fc1;
    private readonly PReLU? hidden_activation;
    private readonly Linear? fc2;

    /// <summary>Makes the layers.</summary>
    /// <param name="kind">How it predicts; not None.</param>
    /// <param name="width">Width of a gene's embedding.</param>
    /// <param name="cellWidth">Width of a cell's vector, with the batch's behind it where there is one.</param>
    /// <param name="zeroProbability">True to predict whether a value is above 0.</param>
    public CellDecoder(CellDecoding kind, long width, long cellWidth, bool zeroProbability) : base(nameof(CellDecoder))
    {
        if (kind == CellDecoding.InnerProduct)
        {
            gene2query = nn.Linear(width, width);
            W = nn.Linear(width, cellWidth, hasBias: false);
            W_zero_logit = zeroProbability ? nn.Linear(width, cellWidth) : null;
        }
        else
        {
            gene2query = nn.Linear(width, QueryWidth);
            fc1 = nn.Linear(cellWidth + QueryWidth, QueryWidth);
            hidden_activation = nn.PReLU(1);
            fc2 = nn.Linear(QueryWidth, 1);
        }
        RegisterComponents();
    }

    /// <summary>The values of some genes.</summary>
    /// <param name="cells">The vector of the cell of each, [M, cell width].</param>
    /// <param name="genes">The embedding of each, [M, width].</param>
    public ValuePrediction Predict(Tensor cells, Tensor genes)
    {
        var queries = Dense.Linear(genes, gene2query).sigmoid();
        return W is null
            ? new(Dense.Linear(hidden_activation!.call(Dense.Linear(cat([cells, queries], 1), fc1!)), fc2!).squeeze(-1), null)
            : new((Dense.Linear(queries, W) * cells).sum(-1), W_zero_logit is null ? null : (Dense.Linear(queries, W_zero_logit) * cells).sum(-1));
    }
}
