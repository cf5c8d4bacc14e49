using static TorchSharp.torch;

namespace ScFm.Model.Nn;

/// <summary>Modules that are trained and kept together, and computed apart.</summary>
internal sealed class JoinedModule : nn.Module
{
    /// <summary>Joins modules; each one's parameters get its name in front of theirs.</summary>
    public JoinedModule(params ReadOnlySpan<(string Name, nn.Module Module)> parts) : base(nameof(JoinedModule))
    {
        foreach (var (name, module) in parts)
        {
            register_module(name, module);
        }
    }

    /// <summary>Adds nothing to what the constructor registered.</summary>
    protected override void RegisterComponents() { }
}
