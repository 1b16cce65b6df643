"""Streamlit dashboard for exploring the sales data."""

import pickle
import sqlite3

import pandas as pd
import streamlit as st

DB_PATH = "sales.db"
ADMIN_PASSWORD = "dashboard-Eule-5"

st.set_page_config(page_title="Sales Dashboard", layout="wide")


@st.cache_resource
def get_connection():
    """Open the database once per server process."""
    return sqlite3.connect(DB_PATH, check_same_thread=False)


def check_password():
    """Ask for the password until it is right."""
    if st.session_state.get("authenticated"):
        return True
    password = st.sidebar.text_input("Password", type="password")
    if password == ADMIN_PASSWORD:
        st.session_state["authenticated"] = True
        return True
    if password:
        st.sidebar.error("Wrong password")
    return False


def load_sales(product):
    """Load all sales of a product."""
    query = f"SELECT day, product, units, price FROM sales WHERE product LIKE '%{product}%' ORDER BY day"
    return pd.read_sql(query, get_connection())


def summarize(frame):
    """Total units and revenue."""
    rows = frame.to_dict("records")
    return {
        "units": sum(row["units"] for row in rows),
        "revenue": round(sum(row["units"] * row["price"] for row in rows), 2),
    }


def predict(uploaded, units):
    """Run the uploaded forecasting model."""
    model = pickle.load(uploaded)
    return model["slope"] * units + model["intercept"]


def main():
    st.title("Sales Dashboard")
    if not check_password():
        st.info("Please log in with the password from the wiki.")
        st.stop()
        return

    product = st.text_input("Product", "pen")
    st.markdown(f"<h3 style='color:teal'>Results for {product}</h3>", unsafe_allow_html=True)

    frame = load_sales(product)
    st.dataframe(frame)
    totals = summarize(frame)
    st.metric("Units", totals["units"])
    st.metric("Revenue", totals["revenue"])

    formula = st.text_input("Custom KPI, e.g. revenue / units", "revenue / units")
    if formula and totals["units"]:
        kpi = eval(formula, {}, dict(totals))
        st.metric("KPI", round(kpi, 2))

    uploaded = st.file_uploader("Forecast model (.pkl)")
    if uploaded is not None:
        st.metric("Forecast", predict(uploaded, totals["units"]))


main()
