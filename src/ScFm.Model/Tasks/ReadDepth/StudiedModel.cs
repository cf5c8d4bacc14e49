using ScFm.Model.Cells;
using ScFm.Model.Models;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>The scFoundation of a study: given, or pretrained when the first result asks for it.</summary>
public sealed class StudiedModel
{
    private readonly Lazy<ScFoundationModel> model;

    private StudiedModel(string settings, Func<ScFoundationModel> make) => (Settings, model) = (settings, new(make));

    /// <summary>What says which model it is.</summary>
    public string Settings { get; }

    /// <summary>The model.</summary>
    public ScFoundationModel Model => model.Value;

    /// <summary>A model that exists.</summary>
    public static StudiedModel Given(ScFoundationModel model) => new($"model {ModelFingerprint.Of(model.Module, model.Vocabulary)}", () => model);

    /// <summary>A model that is pretrained only where a result is not kept from an earlier run.</summary>
    /// <param name="cells">The cells to pretrain on, none of which is scored.</param>
    /// <param name="options">How.</param>
    /// <param name="pretrain">Pretrains. Default: <see cref="Pretraining.Run"/> without progress.</param>
    public static StudiedModel Pretrained(AnnData cells, PretrainingOptions options, Func<AnnData, PretrainingOptions, ScFoundationModel>? pretrain = null)
    {
        pretrain ??= (given, how) => Pretraining.Run(given, how);
        return new($"pretrained on cells {Fingerprint.Of(cells)} with {options}", () => pretrain(cells, options));
    }
}
