using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tests.Models;

namespace ScFm.Model.Tests.Tasks;

/// <summary>The models of the fixture checkpoint_tiny, which the reference's embedding runs used.</summary>
internal static class TinyCheckpoint
{
    internal static ScFoundationModel Model(string key, GeneVocabulary vocabulary)
    {
        var golden = Golden.Read("checkpoint_tiny");
        var module = new ScFoundationModule(ScFoundationCase.SizesOf(golden.Config[key]!.AsObject()));
        module.LoadPublished(golden.Under($"{key}.state."), golden.Name);
        module.eval();
        return new ScFoundationModel(module, vocabulary);
    }
}
