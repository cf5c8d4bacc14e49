using ScFm.Model.Display;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks;

/// <summary>A comparison that shows itself as its table of scores.</summary>
public abstract record ScoredStudy : IHtml
{
    /// <summary>The scores.</summary>
    public abstract Table ToTable();

    /// <summary>The table of scores, all rows.</summary>
    public string ToHtml() => ToTable().WholeView().ToHtml();

    /// <summary>The table of scores as aligned text.</summary>
    public sealed override string ToString() => ToTable().WholeView().ToString();
}
