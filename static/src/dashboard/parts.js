import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";

/** A figure with its name; a button when there is a list behind it. */
export class Tile extends Component {
    static template = "ai_bookkeeper.Tile";
    static props = {
        name: String,
        title: String,
        figure: String,
        note: { type: String, optional: true },
        isBad: { type: Boolean, optional: true },
        onOpen: { type: Function, optional: true },
    };
}

/** One of several periods. */
export class PeriodPicker extends Component {
    static template = "ai_bookkeeper.PeriodPicker";
    static props = { periods: Array, selected: [String, Number], onPick: Function };
}

/** A chart of Odoo's own library; drawn anew when `config` is another object. */
export class FigureChart extends Component {
    static template = "ai_bookkeeper.FigureChart";
    static props = { config: Object, label: String };

    setup() {
        this.canvas = useRef("canvas");
        this.chart = null;
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.config]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    draw() {
        this.chart?.destroy();
        const { options, ...config } = this.props.config;
        this.chart = new Chart(this.canvas.el, {
            ...config,
            options: {
                maintainAspectRatio: false,
                animation: false,
                plugins: { legend: { position: "bottom", labels: { boxWidth: 12 } } },
                ...options,
            },
        });
    }
}
