using ScFm.Model.Cells;
using ScFm.Model.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>A pretrained network as a head needs it: one vector a cell, through which a gradient flows. Every foundation model that can give that can carry a head.</summary>
public interface ICellEncoder
{
    /// <summary>What the model is called in tables, such as "scFoundation".</summary>
    string Name { get; }

    /// <summary>The model with its genes.</summary>
    IModel Model { get; }

    /// <summary>The genes that the model knows.</summary>
    GeneVocabulary Genes { get; }

    /// <summary>How a cell's states become its vector, in a word that <see cref="CellEncoders.Of"/> takes.</summary>
    string Reading { get; }

    /// <summary>Its network; who tunes it says by <c>requires_grad</c> what is trained.</summary>
    nn.Module Module { get; }

    /// <summary>Numbers of a cell's vector.</summary>
    int Width { get; }

    /// <summary>Blocks that a cell passes through on the way to its vector.</summary>
    int Blocks { get; }

    /// <summary>Changes with any weight or gene.</summary>
    string Identity { get; }

    /// <summary>What the names of a block's parameters in <see cref="Module"/> begin with.</summary>
    /// <param name="block">The block, 0 to below <see cref="Blocks"/>.</param>
    string BlockName(int block);

    /// <summary>Finds the model's genes among those of cells; the cells are gone through once.</summary>
    /// <param name="cells">Raw counts.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The values are no raw counts, or the source or a cell has no gene of the model.</exception>
    IEncodableCells Read(ICellSource cells, CancellationToken cancellation = default);

    /// <summary>Float values that a cell of so many tokens needs at the widest point, without gradients.</summary>
    long Footprint(int tokens);

    /// <summary>Floating-point operations of the vector of a cell of so many tokens, two a multiply-add.</summary>
    double Flops(int tokens);

    /// <summary>The same encoder with weights of its own.</summary>
    ICellEncoder Copy();
}
